package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/question"
)

// pictureBody bounds a body with a picture of 6 MB in base64.
const pictureBody = 8 << 20

// pictureRoutes are the addresses of pictures.
func (s *Server) pictureRoutes(api huma.API) {
	handle(s, api, takes(pictureBody, creates(s.operation(http.MethodPost, "/pictures", "addPicture", "Keep a picture for questions to show; it is encoded anew, and nothing stays of where and when it was taken", reviewer))), s.postPicture)
	handle(s, api, givesPicture(s.operation(http.MethodGet, "/pictures/{picture}", "picture", "A picture", anyone)), s.getPicture)
}

// givesPicture describes an operation that answers with a picture.
func givesPicture(op huma.Operation) huma.Operation {
	file := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	op.Description = "Anybody who knows the id may see the picture: pages show it as an image, which browsers fetch without an access token. " +
		"The id is 128 bits of a hash of the picture: nobody who has not been given it can guess it, and it is given only with a question that shows the picture. " +
		"What stands at an address never changes."
	op.Responses = map[string]*huma.Response{
		"200": {Description: "The picture", Content: map[string]*huma.MediaType{"image/png": file, "image/jpeg": file}},
		"304": {Description: "The reader has it already"},
	}
	op.DefaultStatus = http.StatusOK
	return op
}

func (s *Server) postPicture(ctx context.Context, in *struct{ Body NewPicture }) (*reply[KeptPicture], error) {
	p, err := s.Bank.AddPicture(ctx, actorOf(ctx), in.Body.File)
	if err != nil {
		return nil, err
	}
	return ok(KeptPicture{ID: string(p.ID), Width: p.Width, Height: p.Height, Bytes: len(p.Data)}), nil
}

// pictureReply is a picture with what browsers may do with it.
type pictureReply struct {
	Status      int
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	ETag        string `header:"ETag"`
	Cache       string `header:"Cache-Control"`
	Body        []byte
}

// getPicture answers whoever knows the id, see givesPicture. The type is ours and
// the bytes are of our encoder: a browser takes them for nothing but a picture.
func (s *Server) getPicture(ctx context.Context, in *struct {
	Picture string `path:"picture" maxLength:"64"`
	Known   string `header:"If-None-Match"`
}) (*pictureReply, error) {
	p, err := s.Bank.Picture(ctx, question.PictureID(in.Picture))
	if err != nil {
		return nil, err
	}
	out := &pictureReply{
		Status: http.StatusOK, ContentType: p.Type, Disposition: "inline",
		ETag: `"` + string(p.ID) + `"`, Cache: "private, max-age=31536000, immutable", Body: p.Data,
	}
	if in.Known == out.ETag {
		out.Status, out.Body = http.StatusNotModified, nil
	}
	return out, nil
}

func pictureText(p question.Picture) QuestionPicture {
	return QuestionPicture{ID: string(p.ID), Alt: p.Alt, Width: p.Width, Height: p.Height}
}

func (p QuestionPicture) picture() question.Picture {
	return question.Picture{ID: question.PictureID(p.ID), Alt: p.Alt, Width: p.Width, Height: p.Height}
}
