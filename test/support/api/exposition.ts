/** What a scraper reads: values by name and labels as they are written, and the types by name. */
export interface Exposition {
  values: Map<string, number>
  types: Map<string, string>
  /** The one value of a series; NaN where there is none. */
  of(series: string): number
}

/** Reads Prometheus's text format, version 0.0.4. @throws Error for a line that is none of it */
export function parseExposition(text: string): Exposition {
  const values = new Map<string, number>()
  const types = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? []
    if (name !== undefined && type !== undefined) types.set(name, type)
    if (line === '' || line.startsWith('#')) continue
    const [, series, value] = /^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/.exec(line) ?? []
    if (series === undefined || value === undefined) throw new Error(`not a sample: ${line}`)
    values.set(series, value === '+Inf' ? Infinity : Number(value))
  }
  return { values, types, of: (series) => values.get(series) ?? NaN }
}

/** @param base of the port that serves the metrics */
export async function scrape(base: string): Promise<Exposition> {
  const response = await fetch(`${base}/metrics`)
  if (response.status !== 200) throw new Error(`${base}/metrics answered ${response.status}`)
  return parseExposition(await response.text())
}
