import type { Evidence, Finding } from './evidence.js'
export const invariants: { name: string; check(evidence: Evidence): Promise<Finding[]> }[] = []
