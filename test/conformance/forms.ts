/** Texts that clients parse: where an example has one of these, an answer has the same. */
const forms: readonly RegExp[] = [
  /** A time with milliseconds and Z. */
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  /** The id of a MongoDB document. */
  /^[0-9a-f]{24}$/,
  /^lead_[0-9a-f]{16}$/,
  /^ws_\w+$/,
  /^https?:\/\/\S+$/,
]

/** The form that a text of an example has, if it is one of those above. */
export const formOf = (example: string): RegExp | undefined => forms.find((form) => form.test(example))
