import fc from 'fast-check'
import { describeWhen } from '../../../../../test/support/when.js'
import type { Column } from '#core'
import { asXlsxShows } from '../testing/as-xlsx-shows.js'
import { samples } from '../testing/arbitraries.js'
import { encodeCopy, type Field } from '../testing/copy-encoder.js'
import { findLibreOffice, readByLibreOffice, type ShownCell } from '../testing/libre-office.js'
import { PostgresSamples, sampleColumns } from '../testing/postgres-samples.js'
import { collect, inChunks, newStats } from '../testing/render.js'
import { renderXlsx, xlsx } from './xlsx.js'

const soffice = findLibreOffice()

/** A cell as LibreOffice shows it, of what any reader finds in it. */
function asShown({ type }: Column, value: ReturnType<typeof asXlsxShows>): ShownCell {
  if (value === null) return null
  if (typeof value === 'string') return { text: asParagraphs(value), isText: true }
  if (typeof value === 'boolean') return { text: String(value).toUpperCase(), isText: false }
  if (typeof value === 'number') return { text: String(value), isText: false }
  const [day, time] = value.toISOString().slice(0, -1).split('T')
  return { text: type === 'date' ? day! : `${day} ${time}`, isText: false }
}

/** A text with a line feed is paragraphs to LibreOffice; a CR ends one as well, CR LF and LF CR end one between them. */
const asParagraphs = (text: string): string =>
  text.includes('\n') ? text.replace(/\r\n|\n\r|\r/g, '\n') : text

/** It says 1E+300 where we say 1e+300, and is off by a little in the fifteenth digit of a double here and there. */
function isSame({ type }: Column, shown: ShownCell, expected: ShownCell): boolean {
  if (shown === null || expected === null || shown.isText || expected.isText) return false
  const [a, b] = [Number(shown.text), Number(expected.text)]
  return a === b || (type === 'float8' && Math.abs(a / b - 1) < 1e-13)
}

describeWhen(soffice !== undefined, 'no LibreOffice: soffice is not on the PATH')(
  'xlsx in LibreOffice',
  () => {
    /** Its sheets without their headers, numbers as we expect them where they are the same. */
    async function shown(workbook: Buffer, columns: readonly Column[], expected: ShownCell[][]) {
      const sheets = await readByLibreOffice(soffice!, workbook)
      const headers = sheets.map(([header]) => header!.map((cell) => cell?.text))
      const rows = sheets.flatMap((sheet) => sheet.slice(1))
      const cells = rows.map((row, i) =>
        row.map((cell, k) => {
          const ours = expected[i]?.[k] ?? null
          return isSame(columns[k]!, cell, ours) ? ours : cell
        }),
      )
      return { headers, cells }
    }

    it('shows what was in PostgreSQL, whatever its type', async () => {
      const postgres = await PostgresSamples.connect()
      const property = fc.asyncProperty(samples({ minLength: 800, maxLength: 800 }), async (rows) => {
        await postgres.put(rows)
        const { file } = await postgres.render(xlsx, postgres.native, { columns: sampleColumns })
        const expected = (await postgres.texts()).map((row) =>
          sampleColumns.map((column) => asShown(column, asXlsxShows(column, row[column.type]))),
        )
        const { cells } = await shown(file, sampleColumns, expected)
        expect(cells).toEqual(expected)
      })
      try {
        // A start of LibreOffice takes seconds: one large workbook, and no search for a smaller one.
        await fc.assert(property, { numRuns: 1, endOnFailure: true })
      } finally {
        await postgres.close()
      }
    }, 150_000)

    it('shows every sheet, the longest text, ids with their zeros, and local times', async () => {
      const columns: Column[] = [
        { name: 'n', type: 'int4' },
        { name: 'id', type: 'int8', role: 'id' },
        { name: 'phone', type: 'text', role: 'phone' },
        { name: ' _x0041_ <b>', type: 'text' },
        { name: 't', type: 'timestamptz' },
      ]
      const longest = `\t${'é🚀'.repeat(10_922)}`
      const rows = Array.from({ length: 7 }, (_, i): Field[] => [
        i,
        BigInt(i),
        `00${i}`,
        longest,
        '2026-01-01T03:59:59.999Z',
      ])
      const source = inChunks(encodeCopy(types(columns), rows), 65_536)
      const stats = newStats()
      const options = { columns, timeZone: 'America/Lima' }
      const file = await collect(renderXlsx(source, options, stats, 4))
      const expected = rows.map((_, i) => [
        { text: String(i), isText: false },
        { text: String(i), isText: true },
        { text: `00${i}`, isText: true },
        { text: longest, isText: true },
        { text: '2025-12-31 22:59:59.999', isText: false },
      ])
      const { headers, cells } = await shown(file, columns, expected)
      const header = ['n', 'id', 'phone', ' _x0041_ <b>', 't (America/Lima)']
      expect(headers).toEqual([header, header, header])
      expect(cells).toEqual(expected)
      expect(stats).toEqual({ rows: 7, truncatedCells: 0 })
    }, 150_000)
  },
)

const types = (columns: readonly Column[]) => columns.map(({ type }) => type)
