import type { Field } from '../catalog.js'
import type { Choices } from '../prng.js'

/** What is said in one language. `{}` stands for what the visitor tells. */
export interface Script {
  /** The visitor's first line, by funnel. */
  greetings: Record<string, Choices<string>>
  /** The first line of one who was here before. */
  returns: Choices<string>
  welcomes: Choices<string>
  /** What the chatbot says to get something. */
  questions: Record<Field, Choices<string>>
  answers: Record<Field, Choices<string>>
  /** What visitors say instead of an answer, and what the chatbot says to that. */
  asides: Choices<string>
  puzzled: Choices<string>
  /** Last words of one who goes without an answer. */
  leaving: Choices<string>
  /** What the chatbot says to one who came to the end. */
  done: Choices<string>
  thanks: Choices<string>
}
