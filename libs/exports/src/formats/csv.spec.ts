import fc from 'fast-check'
import { csv } from './csv.js'
import { readCsv } from './testing/readers.js'
import { encodeCopy } from './testing/copy-encoder.js'
import { render, renderColumn } from './testing/render.js'

const text = { name: 'c', type: 'text' as const }
const phone = { ...text, role: 'phone' as const }

describe('csv', () => {
  it('is what PostgreSQL writes, quotes included', async () => {
    const fields = ['plain', 'a,b', 'say "hi"', 'two\nlines', 'c\rr', '', null, ' blanks ', ';', '\\.', 'é🚀']
    const { file } = await renderColumn(csv, text, fields)
    expect(file.toString()).toBe(
      'c\nplain\n"a,b"\n"say ""hi"""\n"two\nlines"\n"c\rr"\n""\n\n blanks \n;\n"\\."\né🚀\n',
    )
  })

  it('quotes what would end the data only where it is alone in its line', async () => {
    const columns = [text, { name: 'd', type: 'text' as const }]
    const { file } = await render(csv, encodeCopy(['text', 'text'], [['\\.', '\\.']]), { columns })
    expect(file.toString()).toBe('c,d\n\\.,\\.\n')
  })

  it('has a header when there is no row', async () => {
    const { file } = await renderColumn(csv, text, [])
    expect(file.toString()).toBe('c\n')
  })

  it.each([
    ['=1+1', `'=1+1`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\tx', `'\tx`],
    ['\rx', `"'\rx"`],
    ['=A1,B1', `"'=A1,B1"`],
    ['="x"', `"'=""x"""`],
    ['=', `'=`],
    ['\nx', `"'\nx"`],
    ['＝1+1', `'＝1+1`],
    ['＋1', `'＋1`],
    ['－1', `'－1`],
    ['＠x', `'＠x`],
    ['１+1', '１+1'],
    [' =1', `' =1`],
    ['\u00a0 =1', `'\u00a0 =1`],
    ['\u200b=1', `'\u200b=1`],
    ['\ufeff＝1', `'\ufeff＝1`],
    ['\u3000@x', `'\u3000@x`],
    [' x', ' x'],
    ['\u200b', '\u200b'],
    // A reader whose delimiter is another, or that sees a line break where it is not at the start of a cell.
    ['a;=1+1;b', `"a;'=1+1;b"`],
    ['a;b', 'a;b'],
    ['a;\u00a0＝1', `"a;'\u00a0＝1"`.replace(`'\u00a0`, `\u00a0'`)],
    ['a;"=1', `"a;""'=1"`],
    ['a\t-1', `"a\t'-1"`],
    ['a\tb', 'a\tb'],
    ['a\n=1', `"a\n'=1"`],
    ['a\r\n\r\n @x', `"a\r\n\r\n '@x"`],
    ['=1;=2', `"'=1;'=2"`],
    ['a;b=1', 'a;b=1'],
    // The file's own delimiter splits nothing, because the cell is quoted.
    ['a,=1', '"a,=1"'],
    ['a=1', 'a=1'],
    [`'=1`, `'=1`],
    ['+51987654321', `'+51987654321`],
  ])('defuses %j', async (field, cell) => {
    const { file } = await renderColumn(csv, text, [field])
    expect(file.toString()).toBe(`c\n${cell}\n`)
  })

  it('leaves text that looks like a formula when raw is asked for', async () => {
    const { file } = await renderColumn(csv, text, ['=1+1'], { csv: { profile: 'machine', raw: true } })
    expect(file.toString()).toBe('c\n=1+1\n')
  })

  it.each([
    ['+51987654321', '+51987654321'],
    ['+123456', '+123456'],
    ['+123456789012345', '+123456789012345'],
    ['+12345', `'+12345`],
    ['+1234567890123456', `'+1234567890123456`],
    ['+51 987 654', `'+51 987 654`],
    ['+51987654321=1', `'+51987654321=1`],
    ['+', `'+`],
    ['-51987654321', `'-51987654321`],
    ['051987654321', '051987654321'],
  ])('knows whether %j in a column of phones is one', async (field, cell) => {
    const { file } = await renderColumn(csv, phone, [field])
    expect(file.toString()).toBe(`c\n${cell}\n`)
  })

  it.each([
    ['-5', '-5'],
    ['-0.5e-3', '-0.5e-3'],
    ['-5+1', `'-5+1`],
    ['[1;-5;-6]', '[1;-5;-6]'],
    ['[1;-5+1]', `"[1;'-5+1]"`],
    ['-', `'-`],
    ['+5', `'+5`],
    ['=1', `'=1`],
    ['-' + '1'.repeat(500), `'-${'1'.repeat(500)}`],
    ['+51987654321', '+51987654321'],
    ['+51987654321=1', `'+51987654321=1`],
  ])('knows whether %.20j out of metadata is a number or a phone', async (field, cell) => {
    const { file } = await renderColumn(csv, { name: 'c', type: 'text', role: 'json' }, [field])
    expect(file.toString()).toBe(`c\n${cell}\n`)
  })

  it('never touches numbers and times', async () => {
    expect((await renderColumn(csv, 'int8', [-5n])).file.toString()).toBe('c\n-5\n')
    expect((await renderColumn(csv, 'numeric', ['-0.5'])).file.toString()).toBe('c\n-0.5\n')
    expect((await renderColumn(csv, 'jsonb', ['-5'])).file.toString()).toBe('c\n-5\n')
    const before = 'c\n-000043-03-15T00:00:00.000Z\n'
    expect((await renderColumn(csv, 'timestamptz', ['-000043-03-15T00:00:00Z'])).file.toString()).toBe(before)
  })

  it('defuses texts within JSON, and leaves its numbers alone', async () => {
    const json = ['{"a": ";=1"}', '[1, -5, -6]', '["x", "=1"]']
    expect((await renderColumn(csv, 'jsonb', json)).file.toString()).toBe(
      'c\n"{""a"": "";\'=1""}"\n"[1, -5, -6]"\n"[""x"", ""=1""]"\n',
    )
    const spanish = await renderColumn(csv, 'jsonb', json, { csv: { profile: 'excel-es', raw: false } })
    expect(spanish.file.toString()).toBe(
      '\ufeffc\r\n"{""a"": "";=1""}"\r\n[1, -5, -6]\r\n"[""x"", ""\'=1""]"\r\n',
    )
  })

  it('has no cell that is a formula to a reader with another delimiter, whatever the cells are', async () => {
    const parts = fc.constantFrom(
      '=1+1',
      '＝1',
      '+x',
      '-1+1',
      '@x',
      ';',
      ',',
      '\t',
      '\n',
      '\r',
      '"',
      ' ',
      '\u00a0',
      'a',
    )
    const texts = fc.array(parts, { maxLength: 8 }).map((list) => list.join(''))
    await fc.assert(
      fc.asyncProperty(texts, texts, async (a, b) => {
        const columns = [text, { name: 'd', type: 'text' as const }]
        for (const [profile, others] of [
          ['machine', [';', '\t']],
          ['excel-es', [',', '\t']],
        ] as const) {
          const { file } = await render(csv, encodeCopy(['text', 'text'], [[`x${a}`, b]]), {
            columns,
            csv: { profile, raw: false },
          })
          for (const other of others) {
            const cells = file
              .toString()
              .split(/[\r\n]/)
              .flatMap((line) => line.split(other))
            const delimiter = profile === 'machine' ? ',' : ';'
            for (const cell of cells) {
              // Its own delimiter at the start is a cell that is no formula.
              expect(cell.startsWith(delimiter) ? '' : cell.replace(/^["\s]+/u, '')).not.toMatch(
                /^[=+\-@＝＋－＠]/u,
              )
            }
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('defuses names of columns too, which may come from metadata', async () => {
    const { file } = await renderColumn(csv, { name: '=1,2', type: 'text' }, ['x'])
    expect(file.toString()).toBe(`"'=1,2"\nx\n`)
  })

  it('writes the profile that Excel opens where the decimal sign is a comma', async () => {
    const columns = [text, { name: 'd', type: 'text' as const }]
    const copy = encodeCopy(
      ['text', 'text'],
      [
        ['a;b', 'c,d'],
        [null, '=1'],
        ['two\nlines', ''],
      ],
    )
    const { file } = await render(csv, copy, { columns, csv: { profile: 'excel-es', raw: false } })
    expect(file.toString()).toBe(`\ufeffc;d\r\n"a;b";c,d\r\n;'=1\r\n"two\nlines";""\r\n`)
    expect(readCsv(file, ';')).toEqual([
      ['c', 'd'],
      ['a;b', 'c,d'],
      [null, `'=1`],
      ['two\nlines', ''],
    ])
  })

  it('finds what needs quotes at any place of a text of any length', async () => {
    for (let length = 1; length <= 14; length++) {
      for (let place = 0; place < length; place++) {
        for (const special of [',', '"', '\n', '\r']) {
          const field =
            'é'.repeat(length).slice(0, place) + special + ' #~\u00ff'.repeat(4).slice(0, length - place)
          const { file } = await renderColumn(csv, text, [field], { csv: { profile: 'machine', raw: true } })
          expect(file.toString()).toBe(`c\n"${field.replaceAll('"', '""')}"\n`)
        }
      }
    }
  })
})
