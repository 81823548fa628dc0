/** What a comparison of bucket and index found. */
export interface AuditFindings {
  /** Objects of the index that are as it says. */
  sound: number
  /** Objects that the index does not know but someone is making or about to remove. */
  expected: number
  /** Objects of ours that nobody knows of: too young to tell, or put onto the list of what is to be removed. */
  young: number
  lost: number
  /** Objects that are none of ours: left alone. */
  foreign: number
  /** Files of the index whose object is not there, or has another size. */
  missing: number
  /** Files that had been missing and are there again. */
  found: number
  /** Multipart uploads that nobody worked at any more: aborted. */
  uploads: number
}
