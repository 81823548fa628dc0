import { controlNames } from './controls/controls.js'
import { abuseNames } from './fairness/abuses/abuses.js'
import { fairnessControlNames } from './fairness/controls.js'
import { readOptions } from './options.js'

const read = (line: string, anySeed = 9) => readOptions(line.split(' ').filter(Boolean), anySeed)

describe('the command line of the chaos suite', () => {
  it('has a default for everything, and any seed', () => {
    expect(read('')).toEqual({
      faults: { exports: 200, faults: 44, seeds: [9], backends: ['redis', 'postgres'], controls: [] },
      fairness: { abuses: abuseNames, seconds: 15, backends: ['postgres'], controls: [] },
    })
  })

  it('takes what it is told', () => {
    expect(
      read('--only faults --exports 10 --faults 0 --seed 4294967295 --seeds 2 --backend redis').faults,
    ).toEqual({ exports: 10, faults: 0, seeds: [4294967295, 0], backends: ['redis'], controls: [] })
    expect(read('--abuse months,keys --seconds 60 --backend both').fairness).toEqual({
      abuses: ['months', 'keys'],
      seconds: 60,
      backends: ['redis', 'postgres'],
      controls: [],
    })
  })

  it('runs one part alone where it is told to', () => {
    expect(read('--only faults').fairness).toBeNull()
    expect(read('--only fairness').faults).toBeNull()
  })

  it('runs the part that a control is of', () => {
    const { faults, fairness } = read('--control all')
    expect(faults).toEqual({
      exports: 24,
      faults: 8,
      seeds: [9],
      backends: ['postgres'],
      controls: controlNames,
    })
    expect(fairness?.controls).toEqual(fairnessControlNames)
    expect(read('--control fence')).toMatchObject({ faults: { controls: ['fence'] }, fairness: null })
    expect(read('--control turns')).toMatchObject({ faults: null, fairness: { controls: ['turns'] } })
  })

  it.each([
    ['--exports 0', '--exports must be a whole number from 1'],
    ['--faults x', '--faults must be'],
    ['--seed 1.5', '--seed must be a whole number from 0 to 4294967295'],
    ['--backend kafka', '--backend must be redis, postgres or both'],
    ['--only chaos', '--only must be faults or fairness'],
    ['--control none', '--control must be one of fence'],
    ['--only faults --control turns', '--control must be one of fence'],
    ['--abuse months,spam', '--abuse must be some of full-batches'],
    ['--seconds 0', '--seconds must be a whole number from 2'],
    ['--speed 3', "'--speed'"],
  ])('%s is refused by name', (line, message) => {
    expect(() => read(line)).toThrow(message)
  })
})
