import type { Translation } from '../message.js';
import type { opening as english } from './en.opening.js';

export const opening: Translation<typeof english> = {
  'page.language': 'Sprache',
  'page.footer': 'Bildschirmaufnahme mit Screendesk',
  'page.loading': 'Ihr Link wird geöffnet',
  'page.try_again': 'Erneut versuchen',
  'page.stuck': 'Diese Seite wurde nicht vollständig geladen',
  'page.stuck_text':
    'Prüfen Sie Ihre Verbindung und versuchen Sie es erneut. Was Sie aufgenommen haben, geht nicht verloren.',

  'welcome.title': 'Zeigen Sie das Problem',
  'welcome.heading': 'Zeigen Sie {name}, was Sie sehen',
  'welcome.intro_agent': '{agent} von {workspace} möchte das Problem auf Ihrem Bildschirm sehen.',
  'welcome.intro': '{workspace} möchte das Problem auf Ihrem Bildschirm sehen.',
  'welcome.how': 'Sie nehmen es direkt hier im Browser auf. Nichts zu installieren, und es dauert etwa eine Minute.',
  'welcome.subject': 'Es geht um',
  'welcome.message_from': 'Nachricht von {name}',
  'welcome.facts': 'Was mit Ihrer Aufnahme geschieht',
  'fact.capture_screen':
    'Aufgenommen wird nur der Teil Ihres Bildschirms, den Sie auswählen, und nur von Start bis Stopp.',
  'fact.capture_voice':
    'Aufgenommen werden nur der Teil Ihres Bildschirms, den Sie auswählen, und Ihre Stimme, und nur von Start bis Stopp.',
  'fact.camera': 'Ihre Kamera bleibt aus, solange Sie sie nicht einschalten.',
  'fact.sound': 'Auch der Ton Ihres Computers wird aufgenommen, solange Sie ihn nicht ausschalten.',
  'fact.send':
    'Niemand bei {workspace} kann sie ansehen, bevor Sie auf Senden drücken. Sie sehen sie zuerst und können sie verwerfen.',
  'fact.saved': 'Während der Aufnahme wird eine verschlüsselte Kopie gespeichert, damit nichts verloren geht.',
  'fact.send_finalise':
    '{workspace} erhält sie, wenn Sie auf Senden drücken, und auch, wenn Sie die Seite verlassen, ohne sich zu entscheiden. Sie sehen sie zuerst und können sie verwerfen.',
  'fact.abandoned_discard':
    'Wenn Sie die Seite verlassen, ohne sich zu entscheiden, wartet diese Kopie 7 Tage lang ungesehen auf Sie und wird dann gelöscht.',
  'fact.deleted': 'Sie wird am {date} gelöscht.',
  'consent.agree': 'Mit dem Druck auf Start stimmen Sie dem zu.',
  'welcome.start': 'Start',
  'welcome.next': 'Als Nächstes prüfen Sie Ihr Mikrofon. Noch wird nichts aufgenommen.',
  'welcome.next_silent': 'Als Nächstes wählen Sie aus, was Sie zeigen. Noch wird nichts aufgenommen.',
  'welcome.decline': 'Das möchte ich lieber nicht',
  'failed.offline': 'Zurzeit keine Verbindung zu uns. Prüfen Sie Ihre und versuchen Sie es erneut.',
  'failed.foreign':
    'Etwas zwischen Ihnen und uns antwortet an unserer Stelle, etwa die Anmeldeseite Ihres Netzes oder ein Filter. Öffnen Sie eine andere Website, um zu sehen, was es von Ihnen möchte, und versuchen Sie es dann erneut.',
  'failed.fault': 'Der Fehler liegt bei uns. Bitte versuchen Sie es gleich noch einmal.',

  'setup.title': 'Vorbereiten',
  'setup.heading': 'Vorbereiten',
  'setup.lead': 'Bis zum Beginn können Sie alles noch ändern.',
  'microphone.label': 'Mikrofon',
  'microphone.off': 'Kein Mikrofon',
  'microphone.unnamed': 'Mikrofon {count}',
  'microphone.level': 'Mikrofonpegel',
  'microphone.speak': 'Sagen Sie etwas: Der Balken sollte sich bewegen.',
  'microphone.heard': 'Wir können Sie hören.',
  'microphone.unheard': 'Ihre Stimme wird nicht aufgenommen.',
  'microphone.asking': 'Ihr Browser fragt nach dem Mikrofon. Wählen Sie „Zulassen“.',
  'microphone.blocked':
    'Ihr Browser sperrt das Mikrofon. Drücken Sie auf das Symbol neben der Adresse, erlauben Sie das Mikrofon und versuchen Sie es erneut. Oder fahren Sie ohne Ihre Stimme fort.',
  'microphone.absent':
    'Es wurde kein Mikrofon gefunden. Schließen Sie eines an und versuchen Sie es erneut, oder fahren Sie ohne Ihre Stimme fort.',
  'microphone.busy':
    'Ein anderes Programm benutzt das Mikrofon. Schließen Sie es und versuchen Sie es erneut, oder fahren Sie ohne Ihre Stimme fort.',
  'microphone.unfit':
    'Dieses Mikrofon passt nicht zu der laufenden Aufnahme. Wählen Sie ein anderes, oder fahren Sie ohne Ihre Stimme fort.',
  'camera.label': 'Kamera',
  'camera.hint': 'Zeigt Ihr Gesicht in einer Ecke der Aufnahme.',
  'camera.blocked':
    'Die Kamera ist nicht verfügbar. Erlauben Sie sie neben der Adresse, oder fahren Sie ohne sie fort.',
  'camera.preview': 'Ihr Kamerabild',
  'sound.label': 'Ton dieses Computers',
  'sound.hint': 'Nimmt auf, was Sie hören. Ihr Browser fragt noch einmal, wenn Sie auswählen, was Sie teilen.',
  'setup.choose': 'Auswählen, was geteilt wird',
  'setup.choose_hint':
    'Ihr Browser fragt nun, was Sie teilen möchten: einen Tab, ein Fenster oder den ganzen Bildschirm. Danach haben Sie drei Sekunden Zeit.',
  'setup.back': 'Zurück',
};
