/** Where a list says how to go on: under `pagination`, or in the Chat-Tonic dialect beside its items. */
export type Page = { pagination: { next: string | null } } | { next: string | null }

/** A call of the client that answers with a page. */
export type List = (input: never) => Promise<Page>

interface AnyInput {
  query?: object
}

/**
 * The pages of a list, each by the cursor of the one before: however deep, and without gaps or doubles
 * when rows come in meanwhile. Begins where the input says.
 */
export async function* pages<L extends List>(
  list: L,
  input: NonNullable<Parameters<L>[0]>,
): AsyncGenerator<Awaited<ReturnType<L>>, void> {
  const ask = list as unknown as (input: AnyInput) => Promise<Awaited<ReturnType<L>>>
  const { query, ...rest }: AnyInput = input
  let page = await ask(input)
  yield page
  for (let cursor = nextOf(page); cursor !== null; cursor = nextOf(page)) {
    // A cursor goes without a place to begin at.
    page = await ask({ ...rest, query: { ...query, page: undefined, skip: undefined, cursor } })
    yield page
  }
}

const nextOf = (page: Page): string | null => ('pagination' in page ? page.pagination.next : page.next)
