import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { anonymousMemoryMb } from '../../support/programs/usage.js'
import type { WatchedProgram } from './watched-program.js'

const CGROUPS = '/sys/fs/cgroup'
/** A part of 8 MiB is filled in some 30 ms. */
const LOOK_EVERY_MS = 10

/** A limit of memory that a process is killed for when it passes it. */
export interface MemoryLimit {
  /** The end of the sentence: the limit is enforced by … */
  how: string
  /** The most that was seen, in MB of 10^6 bytes. */
  mostMb(): Promise<number>
  /** The process has ended. */
  end(): Promise<void>
}

/**
 * Puts a process that has just started under a limit: of the kernel's where this process may make a cgroup v2 with a
 * memory controller, else by a watcher.
 */
export async function limitMemory(program: WatchedProgram, limitMb: number): Promise<MemoryLimit> {
  return (await inCgroup(program, limitMb)) ?? watched(program, limitMb)
}

async function inCgroup(program: WatchedProgram, limitMb: number): Promise<MemoryLimit | null> {
  const dir = join(CGROUPS, `leadferry-ceiling-${process.pid}`)
  try {
    const controllers = await readFile(join(CGROUPS, 'cgroup.controllers'), 'utf8')
    if (!controllers.split(/\s+/).includes('memory')) return null
    await writeFile(join(CGROUPS, 'cgroup.subtree_control'), '+memory')
    await mkdir(dir)
  } catch {
    return null
  }
  const write = (file: string, value: string | number) => writeFile(join(dir, file), String(value))
  await write('memory.max', limitMb * 1e6)
  await write('cgroup.procs', program.pid)
  // A kernel without swap has no such file.
  await write('memory.swap.max', 0).catch(() => undefined)
  return {
    how: 'a cgroup v2 (memory.max)',
    mostMb: async () => Number(await readFile(join(dir, 'memory.peak'), 'utf8')) / 1e6,
    end: () => rmdir(dir),
  }
}

function watched(program: WatchedProgram, limitMb: number): MemoryLimit {
  let most = 0
  const look = () => {
    const mb = anonymousMemoryMb(program.pid)
    // It has ended.
    if (Number.isNaN(mb)) return clearInterval(watch)
    most = Math.max(most, mb)
    if (most > limitMb) program.kill()
  }
  const watch = setInterval(look, LOOK_EVERY_MS)
  return {
    how: `a watcher that reads RssAnon every ${LOOK_EVERY_MS} ms, because this machine has no cgroup v2 to make`,
    mostMb: () => Promise.resolve(most),
    end: () => Promise.resolve(clearInterval(watch)),
  }
}
