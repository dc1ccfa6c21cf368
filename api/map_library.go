package api

import (
	"muster/internal/document"
	"muster/internal/library"
)

func documentItem(h library.Head) DocumentItem {
	return DocumentItem{
		ID: string(h.ID), Origin: string(h.Origin), Title: h.Title, Language: h.Language, Reliability: string(h.Reliability),
		AIDisclosed: h.AIDisclosed, Disclosure: h.Disclosure, Edition: h.Edition, Passages: h.Passages, Words: h.Words,
		AddedBy: h.AddedByName, AddedAt: stamp(h.AddedAt), ChangedAt: stamp(h.ChangedAt),
	}
}

func documentText(d document.Document) DocumentText {
	return DocumentText{Edition: d.Edition, Sections: listed(d.Sections, func(s document.Section) DocumentSection {
		return DocumentSection{Slug: s.Slug, Heading: s.Heading, Depth: s.Depth, Passages: listed(s.Passages, func(p document.Passage) DocumentPassage {
			return DocumentPassage{Number: p.Number, Kind: string(p.Kind), Text: p.Text, Page: p.Page}
		})}
	})}
}

func wholeDocument(o library.Opened) Document {
	return Document{
		DocumentItem: documentItem(o.Head), Text: documentText(o.Text), Corrections: listed(o.Corrections, documentCorrection),
		Editions: listed(o.Editions, func(e library.Edition) DocumentEdition {
			return DocumentEdition{
				Number: e.Number, Format: string(e.Format), FileName: e.FileName, Note: e.Note, AddedBy: e.AddedByName, AddedAt: stamp(e.AddedAt),
			}
		}),
	}
}

func documentCorrection(c library.Correction) DocumentCorrection {
	return DocumentCorrection{
		ID: c.ID, By: c.ByName, At: stamp(c.At),
		CorrectionRequest: CorrectionRequest{
			Sections: c.Sections, Severity: string(c.Severity), Claim: c.Claim, Correction: c.Correction, Authorities: plain(c.Authorities),
			Confidence: string(c.Confidence), AsOf: c.AsOf, ReviewBy: c.ReviewBy,
		},
	}
}

func documentImport(m library.Import) DocumentImport {
	return DocumentImport{
		Document: documentItem(m.Head), Text: documentText(m.Text), Known: string(m.Known), Follows: listed(m.Follows, anchorFollowed), Stale: plain(m.Stale()),
		Findings: listed(m.Findings, func(f document.Finding) DocumentFinding {
			return DocumentFinding{Kind: string(f.Kind), Message: f.Message, Section: f.Section, Passage: f.Passage, Sample: f.Sample}
		}),
	}
}

func anchorFollowed(f library.Followed) AnchorFollowed {
	return AnchorFollowed{
		Question: string(f.Question), Stem: f.Stem, Before: QuestionPassage(f.Before), After: QuestionPassage(f.After), Standing: string(f.Standing),
	}
}

func documentCoverage(c library.Coverage) DocumentCoverage {
	return DocumentCoverage{
		Edition: c.Edition, Lost: listed(c.Lost, anchorFollowed),
		Sections: listed(c.Sections, func(s library.SectionCoverage) SectionCoverage {
			return SectionCoverage{Slug: s.Slug, Passages: listed(s.Passages, func(p library.PassageCoverage) PassageCoverage {
				return PassageCoverage{
					Number: p.Number, Questions: plain(p.Questions), Stale: p.Stale, Approved: p.Approved,
					Spans: listed(p.Spans, func(s library.Span) QuestionSpan { return QuestionSpan{string(s.Question), s.Start, s.End} }),
				}
			})}
		}),
		Outcomes: listed(c.Outcomes, func(o library.OutcomeCoverage) OutcomeCoverage {
			return OutcomeCoverage{ID: string(o.ID), Text: o.Text, Questions: o.Questions}
		}),
	}
}

func draftQuestion(d library.Draft) DraftQuestion {
	return DraftQuestion{ID: string(d.ID), Rule: string(d.Rule), Score: d.Score, Why: d.Why, Question: questionText(d.Question)}
}
