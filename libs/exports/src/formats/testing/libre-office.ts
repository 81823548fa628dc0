import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'csv-parse/sync'

/** Comma, quotes, UTF-8, from row 1, English; texts quoted and nothing else; as shown; every sheet a file. */
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,false,true,false,false,-1'
const PATIENCE_MS = 120_000

/** What LibreOffice shows in a cell, and whether it is a text to it; null where it shows nothing. */
export type ShownCell = { text: string; isText: boolean } | null

/** Where LibreOffice is, if it is installed. */
export function findLibreOffice(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'soffice'))
    .find(isExecutable)
}

/** Has LibreOffice open a workbook and write each of its sheets to csv. */
export async function readByLibreOffice(soffice: string, workbook: Buffer): Promise<ShownCell[][][]> {
  const folder = await mkdtemp(join(tmpdir(), 'leadferry-office-'))
  try {
    const path = join(folder, 'book.xlsx')
    await writeFile(path, workbook)
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
    const args = [profile, '--headless', '--convert-to', CSV, '--outdir', folder, path]
    // It starts others: a group of its own, so that all of it ends when it takes too long.
    await ended(spawn(soffice, args, { stdio: 'ignore', detached: true }))
    const files = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort()
    return await Promise.all(files.map(async (name) => cellsOf(await readFile(join(folder, name)))))
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), PATIENCE_MS)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearTimeout(timer)
  if (code !== 0) throw new Error(`LibreOffice ended with ${code ?? 'a signal'}`)
}

function cellsOf(csv: Buffer): ShownCell[][] {
  const rows: unknown = parse(csv, {
    cast: (text, { quoting }) => (text === '' && !quoting ? null : { text, isText: quoting }),
  })
  return rows as ShownCell[][]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
