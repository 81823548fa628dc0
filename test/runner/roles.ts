/** Passwords of the three roles on the tests' own server. */
export const rolePasswords = { owner: 'test-owner', app: 'test-app', system: 'test-system' } as const

/** The migrated, empty database that every test file clones. */
export const TEMPLATE = 'leadferry_template'
