import { example } from '../examples.js'
import type { Answer } from './case.js'

/** The answers that the Chat-Tonic document shows, and how they are to be read. */

export const funnelsAnswer: Answer = {
  text: example('chat-tonic/lead-funnels.answer'),
  rules: { maps: ['funnels'], same: ['limit', 'skip'] },
}

/** The document cuts its second record short. */
const secondRecord = `,
{
"_id": "5d7bfaff98317f98fa111f3c",
"app": "57add9d952a84d940c9194a6",
"account": "5970d180adf62b28c8630566",
},
...`

export const recordsAnswer: Answer = {
  text: example('chat-tonic/lead-records.answer'),
  substitutions: [{ what: 'answer: one record', from: secondRecord, to: '' }],
  // Not everyone on a channel has told a name.
  rules: {
    same: ['limit', 'skip'],
    nullable: ['objects[].user.firstName', 'objects[].user.lastName'],
  },
}

export const exportAnswer: Answer = {
  text: example('chat-tonic/lead-export.answer'),
  rules: { same: ['message'] },
}

export const archiveUrlAnswer: Answer = {
  text: example('chat-tonic/archive-url.answer'),
  substitutions: [
    { what: 'answer: as JSON', from: 'expiresIn: 86400\nurl: ', to: '"expiresIn": 86400,\n"url": ' },
  ],
}

/** What the document shows is the root's answer, though its example asks for a folder. */
export const archiveRootAnswer: Answer = {
  text: example('chat-tonic/archive-list.answer'),
  rules: { contains: ['objects'] },
}

/** A folder may have nothing in it yet. */
export const archiveFolderAnswer: Answer = {
  text: example('chat-tonic/archive-list.answer'),
  rules: { mayBeEmpty: ['objects'] },
}
