import { endsOnce } from './ends-once.js'
import type { Invariant } from './evidence.js'
import { filesAreWhole } from './files-are-whole.js'
import { logsTellNoSecrets } from './logs-tell-no-secrets.js'
import { mailedLinksGiveTheFile } from './mailed-links-give-the-file.js'
import { nothingLeftBehind } from './nothing-left-behind.js'
import { oneMailPerEnding } from './one-mail-per-ending.js'

export const invariants: readonly Invariant[] = [
  endsOnce,
  filesAreWhole,
  oneMailPerEnding,
  mailedLinksGiveTheFile,
  nothingLeftBehind,
  logsTellNoSecrets,
]
