import type { Answer, PaperQuestion, QuestionFeedback } from '#lib/api/types.ts';

/** What every kind of question is given. */
export type KindProps = {
	question: PaperQuestion;
	answer: Answer | undefined;
	/** `typing`: more letters may follow. */
	onanswer: (answer: Answer, typing?: boolean) => void;
	/** No longer to be changed: ended, or its feedback is shown. */
	locked: boolean;
	feedback?: QuestionFeedback | undefined;
	/** Unique on the page: names groups and labels. */
	id: string;
};

/** The feedback's judgement on one part. */
export function partOf(feedback: QuestionFeedback | undefined, id: string) {
	return feedback?.parts.find((part) => part.id === id);
}

/** A text of the server's without its marks, for labels. */
export function plainText(html: string): string {
	return new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? '';
}
