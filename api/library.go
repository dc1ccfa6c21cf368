package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"muster/internal/curriculum"
	"muster/internal/document"
	"muster/internal/library"
	"muster/internal/question"
)

// documentBody bounds a body with a file of 20 MB in base64.
const documentBody = 28 << 20

// libraryRoutes are the addresses of source material and of drafts.
func (s *Server) libraryRoutes(api huma.API) {
	handle(s, api, s.operation(http.MethodGet, "/documents", "documents", "Source material: imported documents, sources and lessons", reviewer), s.getDocuments)
	handle(s, api, takes(documentBody, creates(s.operation(http.MethodPost, "/documents", "importDocument", "Read a file into a document, or say what that would give", reviewer))), s.postDocument)
	handle(s, api, s.operation(http.MethodGet, "/documents/{document}", "document", "A document with its text and all that is known of it", reviewer), s.getDocument)
	handle(s, api, s.operation(http.MethodPatch, "/documents/{document}", "changeDocument", "Grade a document or change what is said of it", reviewer), s.patchDocument)
	handle(s, api, takes(documentBody, creates(s.operation(http.MethodPost, "/documents/{document}/editions", "renewDocument", "Read a file as the next edition, or say what that would do to questions", reviewer))), s.postEdition)
	handle(s, api, s.operation(http.MethodGet, "/documents/{document}/coverage", "documentCoverage", "Which passages have questions", reviewer), s.getCoverage)
	handle(s, api, takes(questionBody, creates(s.operation(http.MethodPost, "/documents/{document}/corrections", "recordCorrection", "Record what a document gets wrong", reviewer))), s.postCorrection)
	handle(s, api, takes(questionBody, s.operation(http.MethodPut, "/documents/{document}/corrections/{correction}", "changeCorrection", "Change a correction", reviewer)), s.putCorrection)
	handle(s, api, s.operation(http.MethodDelete, "/documents/{document}/corrections/{correction}", "removeCorrection", "Take a correction back", reviewer), s.deleteCorrection)
	handle(s, api, s.operation(http.MethodGet, "/documents/{document}/drafts", "drafts", "Questions that rules propose and nobody has decided on", reviewer), s.getDrafts)
	handle(s, api, takes(questionBody, creates(s.operation(http.MethodPost, "/drafts/{draft}/accept", "acceptDraft", "Take a draft into the bank, in the state draft", reviewer))), s.postAcceptance)
	handle(s, api, s.operation(http.MethodPost, "/drafts/{draft}/reject", "rejectDraft", "Leave a draft; it is not shown again for this edition", reviewer), s.postRejection)
	handle(s, api, s.operation(http.MethodPost, "/drafts/{draft}/reopen", "reopenDraft", "Take a decision back: the draft is proposed again, and the question that it became goes while nobody has worked on it", reviewer), s.postReopening)
	handle(s, api, s.operation(http.MethodGet, "/drafting-rules", "draftingRules", "How trainers took the drafts of each rule", reviewer), s.getDraftingRules)
}

// DocumentPath names a document.
type DocumentPath struct {
	Document string `path:"document" maxLength:"200"`
}

func (p DocumentPath) id() document.ID { return document.ID(unescaped(p.Document)) }

// unescaped decodes a part of an address: clients may write the colon of
// "lesson:ground.basics" as %3A, and the router leaves it so.
func unescaped(part string) string {
	if plain, err := url.PathUnescape(part); err == nil {
		return plain
	}
	return part
}

// DocumentCorrectionPath names a correction of a document.
type DocumentCorrectionPath struct {
	DocumentPath
	Correction string `path:"correction" maxLength:"64"`
}

// DraftPath names a draft.
type DraftPath struct {
	Draft string `path:"draft" maxLength:"300"`
}

func (p DraftPath) id() library.DraftID { return library.DraftID(unescaped(p.Draft)) }

func (s *Server) getDocuments(ctx context.Context, in *struct {
	Search string `query:"search" maxLength:"400" doc:"Words that are all in the title"`
	Origin string `query:"origin" enum:"imported,lesson,source"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"600" doc:"As the page before gave it"`
}) (*reply[DocumentList], error) {
	page, err := s.Library.Documents(ctx, actorOf(ctx), library.Filter{
		Search: in.Search, Origin: library.Origin(in.Origin), Limit: in.Limit, Cursor: in.Cursor,
	})
	if err != nil {
		return nil, err
	}
	return ok(DocumentList{Items: listed(page.Heads, documentItem), Total: page.Total, Next: page.Next}), nil
}

func (u DocumentUpload) upload() library.Upload {
	return library.Upload{
		Format: document.Format(u.Format), Name: u.Name, File: u.File, Note: u.Note, DryRun: u.DryRun, AcceptGarbled: u.AcceptGarbled,
	}
}

func (s *Server) postDocument(ctx context.Context, in *struct{ Body DocumentRequest }) (*reply[DocumentImport], error) {
	upload := in.Body.upload()
	upload.Title, upload.Reliability = in.Body.Title, curriculum.Reliability(in.Body.Reliability)
	upload.AIDisclosed, upload.Disclosure = in.Body.AIDisclosed, in.Body.Disclosure
	made, err := s.Library.Import(ctx, actorOf(ctx), upload)
	if err != nil {
		return nil, err
	}
	return ok(documentImport(made)), nil
}

func (s *Server) getDocument(ctx context.Context, in *struct {
	DocumentPath
	Edition int `query:"edition" minimum:"1" doc:"Absent: the newest"`
}) (*reply[Document], error) {
	return openedDocument(s.Library.Open(ctx, actorOf(ctx), in.id(), in.Edition))
}

func (s *Server) patchDocument(ctx context.Context, in *struct {
	DocumentPath
	Body DocumentPatch
}) (*reply[Document], error) {
	patch := library.Patch{
		Title: in.Body.Title, Language: in.Body.Language, AIDisclosed: in.Body.AIDisclosed, Disclosure: in.Body.Disclosure,
		Reliability: (*curriculum.Reliability)(in.Body.Reliability),
	}
	return openedDocument(s.Library.Change(ctx, actorOf(ctx), in.id(), patch))
}

// openedDocument answers with a document as it is now.
func openedDocument(o library.Opened, err error) (*reply[Document], error) {
	if err != nil {
		return nil, err
	}
	return ok(wholeDocument(o)), nil
}

func (s *Server) postEdition(ctx context.Context, in *struct {
	DocumentPath
	Body DocumentUpload
}) (*reply[DocumentImport], error) {
	made, err := s.Library.Renew(ctx, actorOf(ctx), in.id(), in.Body.upload())
	if err != nil {
		return nil, err
	}
	return ok(documentImport(made)), nil
}

func (s *Server) getCoverage(ctx context.Context, in *DocumentPath) (*reply[DocumentCoverage], error) {
	c, err := s.Library.Coverage(ctx, actorOf(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return ok(documentCoverage(c)), nil
}

func (s *Server) postCorrection(ctx context.Context, in *struct {
	DocumentPath
	Body CorrectionRequest
}) (*reply[DocumentCorrection], error) {
	return s.correct(ctx, in.id(), "", in.Body)
}

func (s *Server) putCorrection(ctx context.Context, in *struct {
	DocumentCorrectionPath
	Body CorrectionRequest
}) (*reply[DocumentCorrection], error) {
	return s.correct(ctx, in.id(), in.Correction, in.Body)
}

func (s *Server) correct(ctx context.Context, of document.ID, id string, body CorrectionRequest) (*reply[DocumentCorrection], error) {
	kept, err := s.Library.Correct(ctx, actorOf(ctx), of, library.Correction{
		ID: id, Sections: body.Sections, Severity: curriculum.Severity(body.Severity), Claim: body.Claim, Correction: body.Correction,
		Authorities: body.Authorities, Confidence: curriculum.Confidence(body.Confidence), AsOf: body.AsOf, ReviewBy: body.ReviewBy,
	})
	if err != nil {
		return nil, err
	}
	return ok(documentCorrection(kept)), nil
}

func (s *Server) deleteCorrection(ctx context.Context, in *DocumentCorrectionPath) (*struct{}, error) {
	return nil, s.Library.Uncorrect(ctx, actorOf(ctx), in.id(), in.Correction)
}

func (s *Server) getDrafts(ctx context.Context, in *struct {
	DocumentPath
	Section string `query:"section" maxLength:"200" doc:"Slug; absent: the whole document"`
}) (*reply[DraftList], error) {
	drafts, err := s.Library.Drafts(ctx, actorOf(ctx), in.id(), in.Section)
	if err != nil {
		return nil, err
	}
	return ok(DraftList{Items: listed(drafts, draftQuestion)}), nil
}

func (s *Server) postAcceptance(ctx context.Context, in *struct {
	DraftPath
	Body DraftAcceptance
}) (*reply[BankQuestion], error) {
	var made *question.Question
	if in.Body.Question != nil {
		q := in.Body.Question.question()
		made = &q
	}
	added, err := s.Library.Accept(ctx, actorOf(ctx), in.id(), made, in.Body.Tags)
	if err != nil {
		return nil, err
	}
	return s.entry(ctx)(s.Bank.Entry(ctx, actorOf(ctx), added.ID))
}

func (s *Server) postRejection(ctx context.Context, in *struct {
	DraftPath
	Body DraftRejection
}) (*struct{}, error) {
	return nil, s.Library.Reject(ctx, actorOf(ctx), in.id(), in.Body.Reason)
}

func (s *Server) postReopening(ctx context.Context, in *DraftPath) (*struct{}, error) {
	return nil, s.Library.Reopen(ctx, actorOf(ctx), in.id())
}

func (s *Server) getDraftingRules(ctx context.Context, _ *struct{}) (*reply[DraftRules], error) {
	counts, err := s.Library.RuleCounts(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return ok(DraftRules{Items: listed(counts, func(c library.RuleCount) DraftRule {
		return DraftRule{Rule: string(c.Rule), Proposed: c.Proposed, Accepted: c.Accepted, Edited: c.Edited, Rejected: c.Rejected}
	})}), nil
}
