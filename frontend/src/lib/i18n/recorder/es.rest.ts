import type { Translation } from '../message.js';
import type { rest as english } from './en.rest.js';

export const rest: Translation<typeof english> = {
  'countdown.title': 'La grabación empieza',
  'countdown.heading': 'La grabación empieza en',
  'countdown.spoken': {
    one: 'La grabación empieza en {count} segundo',
    other: 'La grabación empieza en {count} segundos',
  },
  'countdown.then': 'Vaya después a lo que quiere mostrar y vuelva a esta pestaña para detener.',
  'countdown.cancel': 'Cancelar',
  'countdown.key': 'O pulse Esc',

  'recording.title': '{time} – grabando',
  'recording.title_paused': '{time} – en pausa',
  'recording.heading': 'Grabando',
  'recording.paused': 'En pausa',
  'recording.go': 'Vaya ahora a lo que quiere mostrar. Hable como si hubiera alguien a su lado.',
  'recording.go_silent':
    'Vaya ahora a lo que quiere mostrar. Su voz no se graba; antes de enviar puede añadir una nota.',
  'recording.paused_text': 'En este momento no se graba nada.',
  'recording.elapsed': 'Grabado hasta ahora',
  'recording.left': 'quedan {time}',
  'recording.pause': 'Pausa',
  'recording.resume': 'Continuar',
  'recording.stop': 'Detener',
  'recording.started': 'La grabación ha empezado.',
  'recording.resumed': 'La grabación continúa.',
  'recording.ending': {
    one: 'Queda {count} minuto aproximadamente.',
    other: 'Quedan {count} minutos aproximadamente.',
  },
  'recording.silent': 'No le oímos. Compruebe que el micrófono elegido es el correcto y que no está silenciado.',
  'recording.unplugged': 'El micrófono ya no está. La grabación continúa sin su voz; puede elegir otro aquí.',
  'recording.without_camera':
    'La imagen de su cámara no se pudo guardar, así que la cámara está apagada. Su pantalla se graba sin ella.',

  'saved.nothing_yet': 'Empezando a grabar…',
  'saved.all': 'Guardado',
  'saved.behind': 'Guardando, faltan {size}',
  'saved.offline': 'Sin conexión con nosotros por ahora. Guardado en este equipo; se subirá en cuanto la haya',
  'saved.foreign':
    'Algo entre usted y nosotros responde en nuestro lugar, como la página de acceso de su red. Guardado en este equipo; se subirá en cuanto respondamos. Otro sitio web quizá le muestre qué le pide.',
  'saved.no_room': 'Ahora no hay espacio en {workspace}. No se pierde nada: se subirá en cuanto lo haya.',
  'saved.refused':
    'Nuestro servidor no acepta esta grabación por ahora. No se pierde nada: todo sigue aquí, en su navegador. Siga grabando o deténgala; al enviar se intentará una vez más y, si falla, podrá guardar una copia.',
  'saved.memory':
    'Este navegador no puede guardar una copia en este equipo. Deje esta página abierta hasta que todo esté enviado.',

  'finishing.title': 'Un momento',
  'finishing.heading': 'Un momento',
  'finishing.text': 'Terminando su grabación.',

  'review.title': 'Ver y enviar',
  'review.heading': 'Véala y después envíela',
  'review.lead': 'Nadie más la ha visto todavía.',
  'review.sharing_ended': 'Dejó de compartir, así que la grabación termina ahí.',
  'review.time_over': 'La grabación alcanzó su duración máxima y termina ahí. Todo lo anterior está aquí.',
  'review.disk_full':
    'El disco de este equipo está lleno, así que la grabación termina ahí. Todo lo anterior está aquí.',
  'review.too_large':
    'La grabación ocupa todo el espacio que hay para ella y termina ahí. Todo lo anterior se puede enviar.',
  'review.crowded':
    'Varias otras grabaciones empezadas con este enlace siguen abiertas, así que esta terminó ahí. Descarte las que no necesite; después se podrá enviar.',
  'review.link_closed': 'El enlace se cerró mientras grababa. Su grabación sigue en este equipo.',
  'review.used':
    'Mientras grababa, {workspace} recibió otra grabación por este enlace, así que esta terminó ahí. Sigue en este equipo.',
  'review.discarded':
    'Esta grabación se descartó en otra página mientras grababa, así que terminó ahí. Sigue en este equipo.',
  'review.recorder_failed': 'Su navegador terminó la grabación. Todo lo anterior está aquí.',
  'review.recovered': 'Esta es la grabación que empezó el {date}.',
  'review.file': 'Este es el vídeo que eligió.',
  'review.without_camera': 'La imagen de su cámara falta aquí o termina antes: no se pudo guardar.',
  'review.unplayable': 'Este navegador no puede reproducir el vídeo. Puede enviarlo de todos modos.',
  'player.label': 'Su grabación',
  'player.play': 'Reproducir',
  'player.pause': 'Pausa',
  'player.position': 'Posición',
  'player.of': '{at} de {total}',
  'trim.label': 'Conservar solo una parte',
  'trim.start': 'Principio',
  'trim.end': 'Final',
  'trim.hint': 'Lo que quede fuera se corta definitivamente al enviar.',
  'trim.kept': 'Se conservarán {time} de {total}',
  'trim.all': 'Conservar todo',
  'note.label': 'Añadir una nota (opcional)',
  'note.hint': 'Por ejemplo, qué esperaba que ocurriera.',
  'review.send': 'Enviar a {workspace}',
  'review.again': 'Grabar de nuevo',
  'review.another_file': 'Elegir otro vídeo',
  'review.discard': 'Descartar',
  'review.save_copy': 'Guardar una copia en este equipo',
  'discard.heading': '¿Descartar esta grabación?',
  'discard.text': 'Se elimina en el acto, aquí y en {workspace}. No se puede deshacer.',
  'discard.yes': 'Descartar',
  'again.heading': '¿Grabar de nuevo?',
  'again.text': 'Primero se elimina la grabación que acaba de hacer. No se puede deshacer.',
  'again.yes': 'Eliminar y grabar de nuevo',
  'confirm.keep': 'Conservarla',
  'deleting.title': 'Eliminando',
  'deleting.heading': 'Eliminando su grabación',
  'deleting.offline':
    'No hay conexión con nosotros por ahora. En cuanto la haya, se eliminará aquí y en nuestro servidor; deje esta página abierta.',
  'deleting.foreign':
    'Algo entre usted y nosotros responde en nuestro lugar, como la página de acceso de su red o un filtro. En cuanto respondamos, se eliminará aquí y en nuestro servidor; deje esta página abierta. Otro sitio web quizá le muestre qué le pide.',
  'deleting.handed_over':
    'Esta grabación ya se entregó a {workspace}, así que no se puede eliminar desde aquí. Pida a la persona de {workspace} que le envió el enlace que la elimine.',
  'deleting.not_deleted': 'No se pudo eliminar. Inténtelo de nuevo. Si vuelve a fallar, avise a {workspace}.',
  'send.kept_already':
    'Como nadie volvió a esta grabación durante un tiempo, ya se entregó a {workspace} tal como estaba: no se cortó nada ni se añadió ninguna nota. Si hay que quitar algo de ella, pídaselo a la persona de {workspace} que le envió el enlace.',
  'send.another_received':
    '{workspace} ya recibió otra grabación para este enlace, así que esta no se envió. Si deben verla, pídales un enlace nuevo. Antes puede guardar una copia de su grabación.',
  'send.link_closed':
    'El enlace ya no está abierto, así que no se pudo enviar. Pida uno nuevo a {workspace}. Antes puede guardar una copia de su grabación.',
  'send.crowded':
    'Todavía no se pudo enviar: varias otras grabaciones empezadas con este enlace siguen abiertas. Descarte las que no necesite allí donde se empezaron y pulse Enviar una vez más.',
  'send.too_large':
    'Es más grande de lo que {workspace} puede aceptar en este momento. Envíe un vídeo más corto o más pequeño, o avise a {workspace}.',
  'send.unreadable':
    'Este vídeo ya no se puede leer: se movió, cambió o eliminó después de elegirlo. Elíjalo una vez más.',
  'send.mismatch': 'Lo que llegó no es lo que grabó. Pulse Enviar una vez más: todo se sube de nuevo.',
  'send.refused': 'No se pudo enviar. Inténtelo de nuevo. Si vuelve a fallar, guarde una copia y avise a {workspace}.',

  'sending.title': 'Enviando',
  'sending.heading': 'Enviando su grabación',
  'sending.stay': 'Deje esta página abierta.',
  'sending.progress': 'Enviado hasta ahora',
  'sending.left': 'faltan {size}',
  'sending.offline':
    'No hay conexión con nosotros por ahora. El envío continuará en cuanto la haya. No se pierde nada.',
  'sending.foreign':
    'Algo entre usted y nosotros responde en nuestro lugar, como la página de acceso de su red o un filtro. No se pierde nada: el envío continuará en cuanto respondamos. Abra otro sitio web para ver qué le pide, o pruebe con otra red.',
  'sending.no_room': 'Ahora no hay espacio en {workspace}. El envío continuará en cuanto lo haya. No se pierde nada.',

  'done.title': 'Recibida',
  'done.heading': 'Gracias. {workspace} ha recibido su grabación',
  'done.next_agent': '{agent} la verá y le responderá como de costumbre.',
  'done.next': 'Alguien la verá y le responderá como de costumbre.',
  'done.reference': 'Referencia',
  'done.received': 'Recibida',
  'done.deleted': 'Se elimina el',
  'done.receipt': 'Este enlace queda como su comprobante: ábralo de nuevo cuando quiera.',
  'done.copy': 'Copiar el enlace del comprobante',
  'done.copied': 'Copiado',
  'done.close': 'Puede cerrar esta página.',

  'discarded.title': 'Descartada',
  'discarded.heading': 'Su grabación está eliminada',
  'discarded.text': 'No queda nada de ella, ni aquí ni en {workspace}.',
  'discarded.again': 'Hacer una grabación nueva',
  'declined.title': 'Sin grabación',
  'declined.heading': 'Está bien',
  'declined.text': '{workspace} sabe que usted prefiere no grabar su pantalla. No se grabó nada.',
  'declined.telling':
    'Estamos avisando a {workspace} de que usted prefiere no grabar su pantalla. Deje esta página abierta hasta entonces. No se grabó nada.',
  'declined.back': 'He cambiado de opinión',

  'no_room.heading': 'Ahora no hay espacio para una grabación',
  'no_room.text':
    'Su enlace es correcto y funciona hasta el {date}. Ábralo de nuevo más tarde, o diga a quien se lo envió que el almacenamiento de {workspace} está lleno.',
  'no_room.still': 'Todavía no hay espacio. Inténtelo de nuevo más tarde.',

  'closed.unknown': 'Este enlace no funciona',
  'closed.unknown_text':
    'Quizá le falte una parte. Copie el enlace entero del mensaje o pida uno nuevo a quien se lo envió.',
  'closed.used': 'Su grabación se ha recibido',
  'closed.used_text': 'No queda nada por hacer. Puede cerrar esta página.',
  'closed.deleted': 'Su grabación se ha eliminado',
  'closed.deleted_text': 'Había llegado y ya no se conserva. No queda nada por hacer.',
  'closed.cancelled': 'Ya no hay nada que grabar',
  'closed.cancelled_text': 'La solicitud se ha retirado. No tiene que hacer nada.',
  'closed.expired': 'Este enlace es demasiado antiguo',
  'closed.expired_text':
    'Para protegerle, los enlaces solo funcionan durante un tiempo. Pida uno nuevo a quien se lo envió.',
  'closed.replaced': 'Hay un enlace más reciente',
  'closed.replaced_text': 'Este se ha sustituido. Abra el último enlace que recibió.',
  'closed.rate_limited': 'Espere un minuto',
  'closed.rate_limited_text':
    'Llegaron muchísimas solicitudes a la vez desde su red. Su enlace seguramente es correcto: ábralo de nuevo dentro de un minuto.',
  'closed.offline': 'No hay conexión con nosotros',
  'closed.offline_text': 'Compruebe su conexión e inténtelo de nuevo. No se pierde nada.',
  'closed.foreign': 'Otra cosa responde en nuestro lugar',
  'closed.foreign_text':
    'Está entre usted y nosotros, como la página de acceso de su red o un filtro. Abra otro sitio web para ver qué le pide e inténtelo de nuevo. No se pierde nada.',
  'closed.fault': 'No ha funcionado',
  'closed.fault_text': 'El fallo es nuestro. Inténtelo de nuevo dentro de un momento. No se pierde nada.',

  'handover.title': 'Continuar en un ordenador',
  'handover.heading': 'Para grabar una pantalla hace falta un ordenador',
  'handover.text':
    'Los teléfonos y las tabletas no dejan que una página web grabe la pantalla. Abra este enlace en un ordenador:',
  'handover.mail': 'Enviarme el enlace por correo',
  'handover.mail_subject': 'Enlace para grabar mi pantalla',
  'handover.share': 'Compartir el enlace',
  'handover.copy': 'Copiar el enlace',
  'handover.copied': 'Copiado',
  'handover.code': 'Mostrar un código para escanear',
  'handover.code_label': 'Código que lleva a este enlace',
  'handover.no_recorder': 'Este navegador no puede grabar',
  'handover.no_recorder_text': 'Abra este enlace en una versión actual de Chrome, Edge, Firefox o Safari:',
  'handover.insecure': 'Esta página no se abrió de forma segura',
  'handover.insecure_text':
    'Los navegadores solo graban en páginas cuya dirección empieza por https. Pida a {workspace} el enlace correcto.',
  'file.heading': 'O envíe un vídeo hecho por usted',
  'file.text': 'Grabe la pantalla con la función de su teléfono y elija después el vídeo aquí.',
  'file.choose': 'Elegir un vídeo',
  'file.agree': 'Al elegir un vídeo, usted acepta esto.',
  'file.fact': 'Solo se sube el vídeo que usted elige.',
  'file.saved': 'Su vídeo se guarda cifrado mientras usted lo revisa, para que no se pierda nada.',
  'file.not_video': 'Eso no es un vídeo. Elija uno en un formato como MP4, MOV o WebM.',
  'file.empty': 'Ese archivo está vacío: no se grabó nada en él. Elija otro vídeo.',
  'file.unreadable':
    'Ese archivo no se puede leer: quizá se movió o aún se está escribiendo. Elíjalo de nuevo, o elija otro.',

  'recovery.title': 'Grabación sin terminar',
  'recovery.heading': 'Tiene una grabación sin terminar',
  'recovery.text': 'La empezó el {date}. Está a salvo en este equipo. Véala y decida.',
  'recovery.finish': 'Continuar con ella',
  'recovery.again': 'Eliminarla y empezar de nuevo',
  'recovery.elsewhere': 'Se empezó una grabación en otro lugar',
  'recovery.elsewhere_text':
    'Se empezó en otra pestaña, otro navegador u otro equipo. Abra allí el enlace para terminarla o haga aquí una nueva.',
  'recovery.new': 'Grabación nueva',

  'problem.dismissed':
    'No se compartió nada, así que no se grabó nada. Elija una pestaña, una ventana o su pantalla y pulse Compartir.',
  'problem.blocked_by_system':
    'Su Mac no permite que este navegador grabe la pantalla. Abra Ajustes del Sistema, Privacidad y seguridad, Grabación de pantalla y audio del sistema, active su navegador y reinícielo. Después abra este enlace de nuevo.',
  'problem.blocked_by_policy':
    'Este navegador no puede compartir la pantalla, probablemente por una norma de su empresa. Pruebe con otro navegador u otro equipo, o pregunte a su departamento de informática.',
  'problem.source_busy':
    'Su equipo no pudo abrir lo que eligió. Cierre otros programas que graben la pantalla o elija otra cosa.',
  'problem.nothing_to_share':
    'Su navegador no encontró nada que pueda compartir. Pruebe con otro navegador u otro equipo.',
  'problem.not_now': 'Su navegador no pudo preguntar en este momento. Pulse el botón una vez más.',
  'problem.too_short': 'Fue demasiado corto: no se grabó nada. Inténtelo de nuevo.',
  'problem.nothing_recorded': 'Su navegador no ha grabado nada. Inténtelo de nuevo o use otro navegador.',
  'problem.crowded':
    'Varias otras grabaciones empezadas con este enlace siguen abiertas, así que no puede empezar otra. Descarte las que no necesite allí donde se empezaron e inténtelo de nuevo.',
  'problem.unknown': 'No se empezó a compartir. Inténtelo de nuevo o use otro navegador.',

  'picking.title': 'Elegir qué compartir',
  'picking.heading': 'Elija qué compartir',
  'picking.text':
    'Su navegador pregunta ahora. Elija la pestaña o la ventana con el problema, o toda la pantalla, y pulse Compartir.',
  'picking.tip': 'Cierre lo que no se deba ver, como el correo o los mensajes.',
  'picking.cancel': 'Cancelar',
};
