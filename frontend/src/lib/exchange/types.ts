import type { components, operations } from '../api/schema.d.ts';

type Schemas = components['schemas'];

export type ImportBody = Schemas['QuestionImport'];
export type ImportReport = Schemas['QuestionImportReport'];
export type Imported = Schemas['ImportedQuestion'];
export type Finding = Schemas['ExchangeFinding'];
export type Foreseen = Schemas['QuestionExportFindings'];
/** In which questions are written. */
export type Format = operations['exportQuestions']['parameters']['query']['format'];
/** In which they are read. */
export type ReadFormat = NonNullable<ImportBody['format']>;
/** A file to hand to the browser. */
export type Taken = { blob: Blob; name: string };
