import type { ColumnType } from '#core'

/** A field as a test says it: int8, numeric and timestamptz in text that PostgreSQL would take or send. */
export type Field = string | number | bigint | boolean | Buffer | null

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const TRAILER = Buffer.from([0xff, 0xff])

/** Encodes rows as PostgreSQL's COPY … (FORMAT binary) does. A Buffer goes in as it is. */
export function encodeCopy(types: readonly ColumnType[], rows: readonly (readonly Field[])[]): Buffer {
  const tuples = rows.map((row) => encodeTuple(types, row))
  return Buffer.concat([copyHeader(), ...tuples, TRAILER])
}

/** @param extension bytes of the header that a reader has to skip */
export function copyHeader(extension = Buffer.alloc(0)): Buffer {
  return Buffer.concat([SIGNATURE, int32(0), int32(extension.length), extension])
}

function encodeTuple(types: readonly ColumnType[], row: readonly Field[]): Buffer {
  const fields = row.map((field, i) => {
    if (field === null) return int32(-1)
    const bytes = Buffer.isBuffer(field) ? field : encodeField(types[i]!, field)
    return Buffer.concat([int32(bytes.length), bytes])
  })
  return Buffer.concat([int16(row.length), ...fields])
}

function encodeField(type: ColumnType, field: Exclude<Field, null | Buffer>): Buffer {
  switch (type) {
    case 'text':
      return Buffer.from(String(field))
    case 'jsonb':
      return Buffer.from(`\u0001${String(field)}`)
    case 'int8':
      return int64(BigInt(field))
    case 'int4':
    case 'date':
      return int32(Number(field))
    case 'float8':
      return float64(Number(field))
    case 'bool':
      return Buffer.from([field === true ? 1 : 0])
    case 'timestamptz':
      return int64(typeof field === 'bigint' ? field : microseconds(String(field)))
    case 'uuid':
      return Buffer.from(String(field).replaceAll('-', ''), 'hex')
    case 'numeric':
      return encodeNumeric(String(field))
  }
}

/** Microseconds from 2000-01-01 to an ISO time of up to six decimals. */
function microseconds(iso: string): bigint {
  const beyondMs = /\.\d{3}(\d{1,3})/.exec(iso)?.[1] ?? ''
  const ms = Date.parse(iso.replace(/(\.\d{3})\d+/, '$1'))
  return BigInt(ms - Date.UTC(2000, 0, 1)) * 1000n + BigInt(beyondMs.padEnd(3, '0'))
}

/** @see numericCell for the layout */
function encodeNumeric(text: string): Buffer {
  const special = { NaN: 0xc000, Infinity: 0xd000, '-Infinity': 0xf000 }[text]
  if (special !== undefined) return Buffer.concat([int16(0), int16(0), uint16(special), int16(0)])
  const [, minus, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const left = whole.padStart(Math.ceil(whole.length / 4) * 4, '0')
  const right = fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0')
  const groups = (left + right).match(/.{4}/g)!.map(Number)
  let weight = left.length / 4 - 1
  // PostgreSQL keeps no groups of zeros at either end.
  while (groups.length > 0 && groups[0] === 0) {
    groups.shift()
    weight--
  }
  while (groups.at(-1) === 0) groups.pop()
  const sign = minus === '-' ? 0x4000 : 0
  return Buffer.concat([
    uint16(groups.length),
    int16(weight),
    uint16(sign),
    int16(fraction.length),
    ...groups.map(int16),
  ])
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

function float64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}
