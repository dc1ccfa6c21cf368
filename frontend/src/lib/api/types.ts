/** Short names for the contract's types: the only file that knows how the generated schema calls them. */
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Problem = Schemas['Problem'];
export type JoinRequest = Schemas['JoinRequest'];
export type User = Schemas['User'];
export type SessionAnswer = Schemas['Session'];
export type ModuleCard = Schemas['ModuleCard'];
export type Module = Schemas['Module'];
export type LessonCard = Schemas['LessonCard'];
export type Outcome = Schemas['Outcome'];
export type QuizCard = Schemas['QuizCard'];
export type QuizState = Schemas['QuizState'];
export type Lesson = Schemas['Lesson'];
export type Block = Schemas['Block'];
export type Mark = Schemas['Mark'];
export type LessonLink = Schemas['LessonLink'];
export type Term = Schemas['GlossaryTerm'];
export type SectionNote = Schemas['SectionNote'];
export type Reference = Schemas['Reference'];
export type Correction = Schemas['Correction'];
export type SourceCard = Schemas['SourceCard'];
export type Source = Schemas['Source'];
export type GlossaryTerm = Schemas['GlossaryTerm'];
export type Progress = Schemas['Progress'];
export type ModuleProgress = Schemas['ModuleProgress'];
export type LessonProgress = Schemas['LessonProgress'];
export type CheckProgress = Schemas['QuizProgress'];
export type OutcomeProgress = Schemas['OutcomeProgress'];
export type AttemptSummary = Schemas['AttemptSummary'];
export type Next = Schemas['Next'];
export type LessonRead = Schemas['LessonState'];
export type Attempt = Schemas['Attempt'];
export type PaperQuestion = Schemas['PaperQuestion'];
export type Choice = Schemas['ChoiceText'];
/** A response, whatever its kind of question; the schema leaves it open. */
export type Answer = {
	choice?: string;
	choices?: string[];
	value?: boolean | number;
	reason?: string;
	pairs?: Record<string, string>;
	order?: string[];
	blanks?: string[];
};
export type AttemptEvent = Schemas['Event'];
export type Appended = Schemas['EventAck'];
export type AttemptState = Schemas['AttemptState'];
export type Receipt = Schemas['Receipt'];
export type QuestionFeedback = Schemas['QuestionFeedback'];
export type Part = Schemas['FeedbackPart'];
export type Result = Schemas['Result'];
export type ResultQuestion = Schemas['ResultQuestion'];
export type StudyNext = Schemas['StudyNext'];
