import {
  collectDefaultMetrics,
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client'

export type { Counter, Gauge, Histogram }

/**
 * What this process counts and measures. Whoever has something to measure makes its metric here, beside the code that
 * sets it, and names it as Prometheus has it: `leadferry_{what}_{unit}`, `_total` for what only grows, base units.
 */
export class Metrics {
  private readonly registry = new Registry()

  counter<Label extends string = never>(about: CounterConfiguration<Label>): Counter<Label> {
    return new Counter({ ...about, registers: [this.registry] })
  }

  gauge<Label extends string = never>(about: GaugeConfiguration<Label>): Gauge<Label> {
    return new Gauge({ ...about, registers: [this.registry] })
  }

  histogram<Label extends string = never>(about: HistogramConfiguration<Label>): Histogram<Label> {
    return new Histogram({ ...about, registers: [this.registry] })
  }

  /** CPU, memory, garbage collection and event loop of the process, by the names that Node's dashboards know. */
  ofTheProcess(): void {
    collectDefaultMetrics({ register: this.registry })
  }

  /** All of them in Prometheus's text format. */
  async exposition(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() }
  }
}
