/** What the directory at the end of a zip file says of a file in it. */
export interface ZipEntry {
  name: string
  /** Where its local header begins in the zip file, in bytes. */
  offset: number
  crc: number
  compressedSize: number
  size: number
}

/** Fields of 32 and 16 bits that hold this say: see the zip64 record. */
const MAX_32 = 0xffff_ffff
const MAX_16 = 0xffff

/** Sizes and checksum follow the data, since they are not known before it; names are UTF-8. */
const FLAGS = 0x0808
const DEFLATE = 8
/** 1980-01-01 00:00, the zero of the format: the same rows give the same bytes. */
const DOS_TIME = 0
const DOS_DATE = 0x21
const VERSION = 20
const VERSION_ZIP64 = 45

/*
 * Records of the zip format (PKWARE's APPNOTE.TXT 6.3.9, sections 4.3.7 to 4.3.16). A file without anything
 * beyond 4 GB has no mark of zip64 at all: some spreadsheets refuse the mark where it isn't needed.
 */

export function localHeader(name: string): Buffer {
  return record(0x04034b50, Buffer.from(name), [
    u16(VERSION),
    u16(FLAGS),
    u16(DEFLATE),
    u16(DOS_TIME),
    u16(DOS_DATE),
    u32(0),
    u32(0),
    u32(0),
    u16(Buffer.byteLength(name)),
    u16(0),
  ])
}

export function dataDescriptor({ crc, compressedSize, size }: ZipEntry): Buffer {
  const sized = Math.max(compressedSize, size) >= MAX_32 ? u64 : u32
  return record(0x08074b50, Buffer.alloc(0), [u32(crc), sized(compressedSize), sized(size)])
}

/** @param offset where the directory will begin in the zip file */
export function centralDirectory(entries: readonly ZipEntry[], offset: number): Buffer {
  const headers = Buffer.concat(entries.map(centralHeader))
  const needsZip64 = entries.length >= MAX_16 || headers.length >= MAX_32 || offset >= MAX_32
  const count = Math.min(entries.length, MAX_16)
  const end = record(0x06054b50, Buffer.alloc(0), [
    u16(0),
    u16(0),
    u16(count),
    u16(count),
    u32(Math.min(headers.length, MAX_32)),
    u32(Math.min(offset, MAX_32)),
    u16(0),
  ])
  const zip64 = needsZip64 ? [zip64End(entries.length, headers.length, offset)] : []
  return Buffer.concat([headers, ...zip64, end])
}

function centralHeader({ name, offset, crc, compressedSize, size }: ZipEntry): Buffer {
  // The extra field holds those of the three, in this order, that don't fit.
  const large = [size, compressedSize, offset].filter((value) => value >= MAX_32)
  const extra = large.length === 0 ? [] : [u16(1), u16(8 * large.length), ...large.map(u64)]
  const version = large.length === 0 ? VERSION : VERSION_ZIP64
  return record(0x02014b50, Buffer.concat([Buffer.from(name), ...extra]), [
    u16(version),
    u16(version),
    u16(FLAGS),
    u16(DEFLATE),
    u16(DOS_TIME),
    u16(DOS_DATE),
    u32(crc),
    u32(Math.min(compressedSize, MAX_32)),
    u32(Math.min(size, MAX_32)),
    u16(Buffer.byteLength(name)),
    u16(large.length === 0 ? 0 : 4 + 8 * large.length),
    u16(0),
    u16(0),
    u16(0),
    u32(0),
    u32(Math.min(offset, MAX_32)),
  ])
}

function zip64End(entries: number, directorySize: number, directoryOffset: number): Buffer {
  const end = record(0x06064b50, Buffer.alloc(0), [
    u64(44),
    u16(VERSION_ZIP64),
    u16(VERSION_ZIP64),
    u32(0),
    u32(0),
    u64(entries),
    u64(entries),
    u64(directorySize),
    u64(directoryOffset),
  ])
  const locator = record(0x07064b50, Buffer.alloc(0), [u32(0), u64(directoryOffset + directorySize), u32(1)])
  return Buffer.concat([end, locator])
}

const record = (signature: number, variable: Buffer, fields: Buffer[]): Buffer =>
  Buffer.concat([u32(signature), ...fields, variable])

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
