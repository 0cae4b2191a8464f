import type { Translation } from '../message.js';
import type { opening as english } from './en.opening.js';

export const opening: Translation<typeof english> = {
  'page.language': 'Idioma',
  'page.footer': 'Grabación de pantalla con Screendesk',
  'page.loading': 'Abriendo su enlace',
  'page.try_again': 'Intentar de nuevo',
  'page.stuck': 'Esta página no se ha cargado por completo',
  'page.stuck_text': 'Compruebe su conexión e inténtelo de nuevo. Lo que ha grabado no se pierde.',

  'welcome.title': 'Muestre el problema',
  'welcome.heading': 'Muestre a {name} lo que usted ve',
  'welcome.intro_agent': '{agent}, de {workspace}, quisiera ver el problema en su pantalla.',
  'welcome.intro': '{workspace} quisiera ver el problema en su pantalla.',
  'welcome.how': 'Lo graba aquí mismo, en su navegador. No hay que instalar nada y tarda más o menos un minuto.',
  'welcome.subject': 'Asunto',
  'welcome.message_from': 'Mensaje de {name}',
  'welcome.facts': 'Qué ocurre con su grabación',
  'fact.capture_screen': 'Solo se graba la parte de la pantalla que usted elige, y solo entre Empezar y Detener.',
  'fact.capture_voice':
    'Solo se graban la parte de la pantalla que usted elige y su voz, y solo entre Empezar y Detener.',
  'fact.camera': 'Su cámara permanece apagada mientras no la encienda.',
  'fact.sound': 'También se graba el sonido de su equipo, a menos que lo desactive.',
  'fact.send':
    'Nadie en {workspace} puede verla antes de que usted pulse Enviar. Usted la ve primero y puede descartarla.',
  'fact.saved': 'Mientras graba, se guarda una copia cifrada para que no se pierda nada.',
  'fact.send_finalise':
    '{workspace} la recibe cuando usted pulsa Enviar, y también si se va sin elegir. Usted la ve primero y puede descartarla.',
  'fact.abandoned_discard':
    'Si se va sin elegir, esa copia le espera 7 días sin que nadie la vea y después se elimina.',
  'fact.deleted': 'Se elimina el {date}.',
  'consent.agree': 'Al pulsar Empezar, usted acepta esto.',
  'welcome.start': 'Empezar',
  'welcome.next': 'A continuación comprueba su micrófono. Todavía no se graba nada.',
  'welcome.next_silent': 'A continuación elige qué mostrar. Todavía no se graba nada.',
  'welcome.decline': 'Prefiero no hacerlo',
  'failed.offline': 'No hay conexión con nosotros. Compruebe su conexión e inténtelo de nuevo.',
  'failed.foreign':
    'Algo entre usted y nosotros responde en nuestro lugar, como la página de acceso de su red o un filtro. Abra otro sitio web para ver qué le pide e inténtelo de nuevo.',
  'failed.fault': 'El fallo es nuestro. Inténtelo de nuevo dentro de un momento.',

  'setup.title': 'Preparación',
  'setup.heading': 'Preparación',
  'setup.lead': 'Puede cambiarlo todo hasta que empiece.',
  'microphone.label': 'Micrófono',
  'microphone.off': 'Sin micrófono',
  'microphone.unnamed': 'Micrófono {count}',
  'microphone.level': 'Nivel del micrófono',
  'microphone.speak': 'Diga algo: la barra debería moverse.',
  'microphone.heard': 'Le oímos.',
  'microphone.unheard': 'Su voz no se grabará.',
  'microphone.asking': 'Su navegador pide permiso para usar el micrófono. Elija Permitir.',
  'microphone.blocked':
    'Su navegador bloquea el micrófono. Pulse el icono junto a la dirección, permita el micrófono e inténtelo de nuevo. O continúe sin su voz.',
  'microphone.absent': 'No se encontró ningún micrófono. Conecte uno e inténtelo de nuevo, o continúe sin su voz.',
  'microphone.busy': 'Otro programa usa el micrófono. Ciérrelo e inténtelo de nuevo, o continúe sin su voz.',
  'microphone.unfit': 'Este micrófono no es compatible con la grabación en curso. Elija otro, o continúe sin su voz.',
  'camera.label': 'Cámara',
  'camera.hint': 'Muestra su cara en una esquina de la grabación.',
  'camera.blocked': 'La cámara no está disponible. Permítala junto a la dirección o continúe sin ella.',
  'camera.preview': 'La imagen de su cámara',
  'sound.label': 'Sonido de este equipo',
  'sound.hint': 'Graba lo que usted oye. Su navegador vuelve a preguntar cuando elige qué compartir.',
  'setup.choose': 'Elegir qué compartir',
  'setup.choose_hint':
    'Su navegador preguntará qué compartir: una pestaña, una ventana o toda la pantalla. Después tendrá tres segundos.',
  'setup.back': 'Volver',
};
