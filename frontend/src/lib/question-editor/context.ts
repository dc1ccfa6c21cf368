import { createContext } from 'svelte';
import type { BankTools } from '../trainer/use.ts';
import type { QuestionFinding } from '../trainer/types.ts';

/** What the parts of an editor share: words, calls, and what is wrong with each field once that is to be shown. */
export type EditorContext = { readonly tools: BankTools; at: (field: string) => QuestionFinding[] };

export const [useEditor, provideEditor] = createContext<EditorContext>();
