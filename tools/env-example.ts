import { writeFile } from 'node:fs/promises'
import { envExample } from '#core'

await writeFile('.env.example', envExample())
