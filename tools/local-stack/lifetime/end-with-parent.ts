/**
 * Preloaded (`node --import`) into Node programs that know nothing of the launcher: ends them when the IPC channel to the
 * launcher closes, which the kernel does when the launcher dies of whatever.
 */
const GRACE_MS = 5_000

process.once('disconnect', end)
// Listening alone must not keep a program running that has come to its end.
process.channel?.unref()
if (!process.connected) end()

function end(): void {
  // The readers of these pipes are gone too, and a failed log line must not cut the orderly shutdown short.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref()
  process.kill(process.pid, 'SIGTERM')
}
