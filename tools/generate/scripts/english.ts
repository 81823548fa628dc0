import type { Script } from './script.js'

export const english: Script = {
  greetings: {
    'product-demo': [
      'Hi, I would like to see a demo',
      'hello 👋 do you speak English?',
      "Hi! What does your product cost? Can't find it on the page",
      'demo please',
      'Good morning, we are looking for a lead management tool',
    ],
  },
  returns: ["Hi, it's me again", "I'm back", 'Sorry, got interrupted. Where were we?', 'Hello again'],
  welcomes: [
    "Hi! I'm your assistant. How can I help?",
    'Hello! 👋 Let us find a slot for your demo.',
    'Welcome! It takes two minutes.',
  ],
  questions: {
    name: ["What's your full name?", 'Great! And your name is?'],
    email: ['Where may I send the invitation? (your email)', "What's your work email?"],
    phone: ['And a phone number, in case the call drops?', "What's your phone number?"],
    dni: ["What's your document's number?"],
    income: ["What's your monthly income?"],
  },
  answers: {
    name: ['{}', "I'm {}", 'my name is {}', '{} here'],
    email: ['{}', "it's {}", '{} works', 'send it to {}'],
    phone: ['{}', 'sure, {}', 'my cell: {}'],
    dni: ['{}'],
    income: ['{}'],
  },
  asides: [
    'Why do you need that?',
    'Is there a free plan?',
    'How long is the demo?',
    'one sec, in a meeting',
    'Can I talk to a person?',
    'Does it work with WhatsApp?',
  ],
  puzzled: [
    "I didn't get that; pick one:\n1. Book a demo\n2. Pricing\n3. Leave",
    "Good question! We'll answer it in the demo 🙂",
    'Your data stays with us. Shall we go on?',
  ],
  leaving: ['maybe later', 'never mind', 'ok', '👍', "I'll think about it", "that's too many questions"],
  done: [
    "You're booked! We'll call you.",
    'All set ✅ The invitation is on its way.',
    'Done. See you at the demo!',
  ],
  thanks: ['thanks!', 'Great, thank you', 'perfect, see you then'],
}
