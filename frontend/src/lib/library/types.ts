/** Short names for what the library's part of the contract calls its things. */
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];

export type DocumentItem = Schemas['DocumentItem'];
export type DocumentList = Schemas['DocumentList'];
/** `Document` is the browser's word for the page. */
export type Material = Schemas['Document'];
export type Section = Schemas['DocumentSection'];
export type Passage = Schemas['DocumentPassage'];
export type Coverage = Schemas['DocumentCoverage'];
export type SectionCoverage = Schemas['SectionCoverage'];
export type PassageCoverage = Schemas['PassageCoverage'];
export type QuestionSpan = Schemas['QuestionSpan'];
export type MaterialImport = Schemas['DocumentImport'];
export type Upload = Schemas['DocumentUpload'];
export type NewMaterial = Schemas['DocumentRequest'];
export type MaterialPatch = Schemas['DocumentPatch'];
export type MaterialFinding = Schemas['DocumentFinding'];
export type MaterialCorrection = Schemas['DocumentCorrection'];
export type CorrectionRequest = Schemas['CorrectionRequest'];
export type DraftQuestion = Schemas['DraftQuestion'];
export type DraftRule = Schemas['DraftRule'];
export type Origin = DocumentItem['origin'];
export type Reliability = DocumentItem['reliability'];
