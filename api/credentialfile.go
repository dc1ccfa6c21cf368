package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"muster/internal/credential"
	"muster/internal/errs"
)

const (
	statusListPath = "/credentials/status/{list}"
	typeJWT        = "application/vc+jwt"
	typeKeySet     = "application/jwk-set+json"
)

// credentialFile is a form in which a credential can be taken away.
type credentialFile struct {
	path, id, summary, media string
	make                     func(*credential.Service, credential.Held) ([]byte, error)
}

// credentialFiles lists the forms of a credential, which Huma does not serve.
var credentialFiles = []credentialFile{
	{"certificate.pdf", "certificate", "A credential as a page to print", "application/pdf", (*credential.Service).Certificate},
	{"badge.svg", "badgeSVG", "A credential as an Open Badge in a picture", "image/svg+xml", (*credential.Service).BadgeSVG},
	{"badge.png", "badgePNG", "A credential as an Open Badge in a picture", "image/png", (*credential.Service).BadgePNG},
	{"badge.jwt", "badgeJWT", "A credential as a signed Open Badge", "text/plain", func(s *credential.Service, h credential.Held) ([]byte, error) {
		badge, err := s.Badge(h)
		return []byte(badge), err
	}},
}

func (f credentialFile) route() string { return "/credentials/{credential}/" + f.path }

// credentialRoutes serves what is not JSON, and the published keys.
func (s *Server) credentialRoutes(app *fiber.App) {
	for _, file := range credentialFiles {
		app.Get(base+fiberPath(file.route()), func(c *fiber.Ctx) error { return s.sendCredential(c, file) })
	}
	app.Get(base+fiberPath(statusListPath), s.sendStatusList)
	app.Get(credential.KeySetPath, s.sendKeySet)
}

func (s *Server) sendCredential(c *fiber.Ctx, file credentialFile) error {
	actor, err := s.authenticate(c)
	if err != nil {
		return err
	}
	if len(c.Request().URI().QueryString()) > 0 {
		return fiber.NewError(http.StatusUnprocessableEntity)
	}
	held, err := s.Credentials.Credential(c.UserContext(), actor, credential.ID(c.Params("credential")))
	if err != nil {
		return err
	}
	if !held.Revocation.At.IsZero() {
		return errs.New(errs.Conflict, "revoked", "This credential was revoked. It is no longer given out.")
	}
	raw, err := file.make(s.Credentials, held)
	if err != nil {
		return err
	}
	c.Attachment(file.path)
	c.Set(fiber.HeaderContentType, file.media)
	return c.Send(raw)
}

// sendStatusList answers anybody with a list of revocations.
func (s *Server) sendStatusList(c *fiber.Ctx) error {
	number, err := strconv.Atoi(c.Params("list"))
	if err != nil || strconv.Itoa(number) != c.Params("list") {
		return fiber.ErrNotFound
	}
	if len(c.Request().URI().QueryString()) > 0 {
		return fiber.NewError(http.StatusUnprocessableEntity)
	}
	list, err := s.Credentials.StatusList(c.UserContext(), number)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, typeJWT)
	return c.SendString(list)
}

// sendKeySet answers anybody with the keys that credentials are verified by.
func (s *Server) sendKeySet(c *fiber.Ctx) error {
	keys, err := s.Credentials.KeySet(c.UserContext())
	if err != nil {
		return err
	}
	raw, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, typeKeySet)
	return c.Send(raw)
}

// documentCredentials adds the addresses to the description.
func (s *Server) documentCredentials(api huma.API) {
	for _, file := range credentialFiles {
		op := s.operation(http.MethodGet, file.route(), file.id, file.summary, signedIn)
		documentFile(api, op, file.media)
	}
	list := s.operation(http.MethodGet, statusListPath, "statusList", "A list of revoked credentials, signed", anyone)
	documentFile(api, list, typeJWT)
}

// documentFile describes an operation that answers with a file.
func documentFile(api huma.API, op huma.Operation, media string) {
	schema := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{media: {Schema: schema}}}}
	for _, name := range pathParams(op.Path) {
		op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}})
	}
	api.OpenAPI().AddOperation(&op)
}
