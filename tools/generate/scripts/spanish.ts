import type { Script } from './script.js'

export const spanish: Script = {
  greetings: {
    sacarTarjeta: [
      'Hola, quiero sacar una tarjeta',
      'buenas tardes 🙋🏻‍♀️ vi su anuncio de la tarjeta oro',
      'Hola! ¿Cómo saco la tarjeta?',
      'tarjeta',
      'Buenos días, ¿qué requisitos piden para la tarjeta de crédito?',
    ],
    'Solicitud de préstamo': [
      'Hola, necesito un préstamo',
      'Buenas, ¿cuánto me prestan?',
      'quiero un préstamo personal',
      'Buenos días. ¿Cuál es la tasa para 12 meses?',
      'Préstamo 💸',
    ],
  },
  returns: [
    'Hola de nuevo',
    'ya volví',
    'Hola, quedamos a la mitad 😅',
    'Buenas, sigo interesada',
    'Hola otra vez, ¿en qué quedó lo mío?',
  ],
  welcomes: [
    '¡Hola! Soy tu asistente. ¿En qué te puedo ayudar?',
    '¡Hola! 👋 Te ayudo en menos de tres minutos.',
    'Bienvenido. Para empezar solo necesito unos datos.',
  ],
  questions: {
    name: ['¿Cuál es tu nombre completo?', 'Para dirigirme a ti, ¿cómo te llamas?'],
    email: ['¿A qué correo te enviamos la propuesta?', '¿Cuál es tu correo electrónico?'],
    phone: ['Perfecto 👌 ¿Cuál es tu número de celular?', '¿A qué celular te llamamos?'],
    dni: ['Para continuar, indícame tu número de DNI (8 dígitos).', '¿Me das tu DNI, por favor?'],
    income: ['¿Cuál es tu ingreso mensual en soles?', 'Y por último: ¿cuánto ganas al mes, en soles?'],
  },
  answers: {
    name: ['{}', 'soy {}', 'Me llamo {}', '{} 😊'],
    email: ['{}', 'mi correo es {}', '{} por favor'],
    phone: ['{}', '{} es mi celular', 'al {}', 'Mi número: {}'],
    dni: ['{}', 'mi DNI es {}', 'DNI {}', 'claro, {}'],
    income: ['{}', 'S/ {}', 'gano {} soles', '{} más o menos'],
  },
  asides: [
    '¿Por qué me piden eso?',
    '¿Tienen oficina en Arequipa?',
    'No entiendo :(',
    '¿Y cuánto demora?',
    'un momento, estoy en el trabajo',
    '¿Es seguro?',
    'quiero hablar con una persona',
  ],
  puzzled: [
    'No entendí; elige una opción:\n1. Tarjetas\n2. Préstamos\n3. Salir',
    'Buena pregunta. Un asesor te lo explicará; sigamos 🙂',
    'Tus datos están protegidos. ¿Continuamos?',
  ],
  leaving: [
    'luego te escribo',
    'mejor no',
    'ok',
    '👍🏽',
    'lo voy a pensar',
    'mañana sigo',
    'muchos datos piden',
  ],
  done: [
    '¡Listo! Un asesor se comunicará contigo.',
    '¡Gracias! Tu solicitud quedó registrada ✅',
    'Eso es todo. Te escribiremos en 24 horas.',
  ],
  thanks: ['gracias', 'Muchas gracias 🙏', 'ok gracias', 'Excelente, espero su llamada'],
}
