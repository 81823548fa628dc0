import { html } from './html.js'
import type { Html } from './html.js'

export function renderPage(title: string, header: Html, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/mailbox.css" />
        <script src="/assets/mailbox.js" defer></script>
      </head>
      <body>
        <header class="bar">${header}</header>
        ${main}
      </body>
    </html>`.markup
}

/** The browser's script writes it in the reader's time zone. */
export function renderTime(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}
