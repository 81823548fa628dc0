import { compiled } from './project-root.js'

export type ProgramName = 'gateway' | 'worker'

/** How the compiled gateway or worker is run best, as the Dockerfile and the README run it. */
export interface ProgramRun {
  /** Node's own. */
  nodeOptions: readonly string[]
  /** Beside the program's own. */
  env: Readonly<Record<string, string>>
  file: string
}

const tuning: Record<ProgramName, Omit<ProgramRun, 'file'>> = {
  /**
   * glibc gives memory at the heap's end back to the system from 128 KiB on (mallopt(3)), and Node's buffers are freed many
   * at a time: each answer then touches new pages, which took a third of the time of a page of 100 leads.
   * V8 gets a helper thread for each core but one. Node's four make a collection wait for those that have no core.
   */
  gateway: { nodeOptions: ['--v8-pool-size=0'], env: { MALLOC_TRIM_THRESHOLD_: '67108864' } },
  /**
   * A worker makes hardly any garbage that lives: with less room for the young it is collected sooner, and an export takes
   * some 40 MB less, at the same speed. What outlives the young all the same is garbage too, some 5 MB of each million rows:
   * the heap may grow by half, not more, before it is collected. Node's own objects, of hashes and buffers, wait for that too, and
   * glibc's heap grows with them: with twice the heap a worker gains 23 MB in a hundred large exports instead of 5 to 11.
   * What is malloced in pieces of 128 KiB or more goes back to the system when it is freed: by default glibc raises that
   * limit up to 32 MB, and then a heap of 38 MB grows to 66 in the first seventy large exports.
   */
  worker: {
    nodeOptions: ['--max-semi-space-size=2', '--heap-growing-percent=50', '--v8-pool-size=0'],
    env: { MALLOC_MMAP_THRESHOLD_: '131072' },
  },
}

export const programOf = (name: ProgramName): ProgramRun => ({
  ...tuning[name],
  file: compiled(`apps/${name}/src/main.js`),
})
