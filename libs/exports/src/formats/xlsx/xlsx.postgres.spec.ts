import fc from 'fast-check'
import { asXlsxShows } from '../testing/as-xlsx-shows.js'
import { samples } from '../testing/arbitraries.js'
import { PostgresSamples, sampleColumns } from '../testing/postgres-samples.js'
import { readSheet, readWorkbook } from '../testing/readers.js'
import { xlsx } from './xlsx.js'

describe('xlsx and PostgreSQL', () => {
  let postgres: PostgresSamples

  beforeAll(async () => {
    postgres = await PostgresSamples.connect()
  })
  afterAll(() => postgres.close())

  it('exceljs reads what was put in, whatever its type', async () => {
    await fc.assert(
      fc.asyncProperty(samples({ minLength: 1, maxLength: 40 }), async (rows) => {
        await postgres.put(rows)
        const { file, stats } = await postgres.render(xlsx, postgres.native, { columns: sampleColumns })
        const [sheet] = (await readWorkbook(file)).worksheets
        const texts = await postgres.texts()
        const expected = texts.map((row) =>
          sampleColumns.map((column) => asXlsxShows(column, row[column.type])),
        )
        // exceljs has no rows behind the last one with a cell.
        const read = readSheet(sheet!).slice(1)
        while (read.length < rows.length) read.push(sampleColumns.map(() => null))
        expect(read).toEqual(expected)
        expect(stats).toEqual({ rows: rows.length, truncatedCells: 0 })
      }),
      { numRuns: 60 },
    )
  })
})
