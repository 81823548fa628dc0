import { csv } from './csv.js'
import type { FileFormat, FormatName } from './format.js'
import { json } from './json.js'
import { ndjson } from './ndjson.js'
import { xlsx } from './xlsx/xlsx.js'

/** Every format there is; a new one is a file and a line here. */
export const formats: Record<FormatName, FileFormat> = { csv, json, ndjson, xlsx }
