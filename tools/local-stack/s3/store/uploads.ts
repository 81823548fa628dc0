import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { S3Error } from '../errors.js'
import type { Blob } from './blobs.js'
import { loadJsonFiles, saveJson } from './json-file.js'

export interface Part {
  number: number
  blob: Blob
  /** ISO 8601 */
  lastModified: string
}

export interface Upload {
  id: string
  bucket: string
  key: string
  /** ISO 8601 */
  initiated: string
  /** Headers of the object to be. */
  headers: Record<string, string>
  parts: Map<number, Part>
}

type UploadFile = Omit<Upload, 'parts'>

/** Multipart uploads that are neither completed nor aborted: a folder each, with a small file per part. */
export class UploadStore {
  private readonly uploads = new Map<string, Upload>()

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const id of readdirSync(folder)) this.load(id)
  }

  create(upload: Pick<Upload, 'bucket' | 'key' | 'headers'>): Upload {
    const file: UploadFile = {
      ...upload,
      id: randomBytes(16).toString('hex'),
      initiated: new Date().toISOString(),
    }
    mkdirSync(join(this.folder, file.id, 'parts'), { recursive: true, mode: 0o700 })
    saveJson(join(this.folder, file.id, 'upload.json'), file)
    const created = { ...file, parts: new Map<number, Part>() }
    this.uploads.set(file.id, created)
    return created
  }

  /** @throws S3Error NoSuchUpload, for an upload of another key as well */
  get(bucket: string, key: string, id: string): Upload {
    const upload = this.uploads.get(id)
    if (upload?.bucket !== bucket || upload.key !== key) throw new S3Error('NoSuchUpload')
    return upload
  }

  all(): Upload[] {
    return [...this.uploads.values()]
  }

  /** @returns the part of this number that was replaced */
  putPart(upload: Upload, part: Part): Part | undefined {
    const before = upload.parts.get(part.number)
    saveJson(join(this.folder, upload.id, 'parts', `${part.number}.json`), part)
    upload.parts.set(part.number, part)
    return before
  }

  remove(upload: Upload): void {
    // Without this file the upload is over, so a kill while the folder goes leaves no half of it.
    rmSync(join(this.folder, upload.id, 'upload.json'))
    rmSync(join(this.folder, upload.id), { recursive: true })
    this.uploads.delete(upload.id)
  }

  private load(id: string): void {
    const [file] = loadJsonFiles<UploadFile>(join(this.folder, id))
    if (!file) {
      rmSync(join(this.folder, id), { recursive: true })
      return
    }
    const parts = loadJsonFiles<Part>(join(this.folder, id, 'parts'))
    this.uploads.set(id, { ...file, parts: new Map(parts.map((part) => [part.number, part])) })
  }
}
