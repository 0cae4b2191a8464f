import type { Translation } from '../message.js';
import type { rest as english } from './en.rest.js';

export const rest: Translation<typeof english> = {
  'countdown.title': 'Aufnahme beginnt',
  'countdown.heading': 'Die Aufnahme beginnt in',
  'countdown.spoken': {
    one: 'Die Aufnahme beginnt in {count} Sekunde',
    other: 'Die Aufnahme beginnt in {count} Sekunden',
  },
  'countdown.then': 'Gehen Sie dann zu dem, was Sie zeigen möchten, und kommen Sie zum Beenden zu diesem Tab zurück.',
  'countdown.cancel': 'Abbrechen',
  'countdown.key': 'Oder drücken Sie Esc',

  'recording.title': '{time} – Aufnahme',
  'recording.title_paused': '{time} – angehalten',
  'recording.heading': 'Aufnahme läuft',
  'recording.paused': 'Angehalten',
  'recording.go': 'Gehen Sie nun zu dem, was Sie zeigen möchten. Sprechen Sie, als säße jemand neben Ihnen.',
  'recording.go_silent':
    'Gehen Sie nun zu dem, was Sie zeigen möchten. Ihre Stimme wird nicht aufgenommen; vor dem Senden können Sie eine Notiz hinzufügen.',
  'recording.paused_text': 'Im Moment wird nichts aufgenommen.',
  'recording.elapsed': 'Bisher aufgenommen',
  'recording.left': 'noch {time}',
  'recording.pause': 'Anhalten',
  'recording.resume': 'Weiter',
  'recording.stop': 'Stopp',
  'recording.started': 'Die Aufnahme hat begonnen.',
  'recording.resumed': 'Die Aufnahme geht weiter.',
  'recording.ending': { one: 'Noch etwa {count} Minute.', other: 'Noch etwa {count} Minuten.' },
  'recording.silent':
    'Wir können Sie nicht hören. Prüfen Sie, ob das richtige Mikrofon ausgewählt und nicht stummgeschaltet ist.',
  'recording.unplugged':
    'Das Mikrofon ist weg. Die Aufnahme geht ohne Ihre Stimme weiter; Sie können hier ein anderes auswählen.',
  'recording.without_camera':
    'Ihr Kamerabild konnte nicht gespeichert werden, deshalb ist die Kamera jetzt aus. Ihr Bildschirm wird ohne sie aufgenommen.',

  'saved.nothing_yet': 'Die Aufnahme beginnt …',
  'saved.all': 'Gespeichert',
  'saved.behind': 'Wird gespeichert, noch {size}',
  'saved.offline':
    'Zurzeit keine Verbindung zu uns. Auf diesem Computer gespeichert; wird hochgeladen, sobald es wieder eine gibt',
  'saved.foreign':
    'Etwas zwischen Ihnen und uns antwortet an unserer Stelle, etwa die Anmeldeseite Ihres Netzes. Auf diesem Computer gespeichert; wird hochgeladen, sobald wir antworten. Eine andere Website zeigt Ihnen vielleicht, was es von Ihnen möchte.',
  'saved.no_room':
    'Bei {workspace} ist gerade kein Platz dafür. Nichts geht verloren: Es wird hochgeladen, sobald Platz ist.',
  'saved.refused':
    'Unser Server nimmt diese Aufnahme zurzeit nicht an. Nichts geht verloren: Alles ist noch hier in Ihrem Browser. Nehmen Sie weiter auf oder stoppen Sie; beim Senden wird es noch einmal versucht, und wenn das misslingt, können Sie eine Kopie speichern.',
  'saved.memory':
    'Dieser Browser kann keine Kopie auf diesem Computer behalten. Bitte lassen Sie diese Seite offen, bis alles gesendet ist.',

  'finishing.title': 'Einen Moment',
  'finishing.heading': 'Einen Moment',
  'finishing.text': 'Ihre Aufnahme wird fertiggestellt.',

  'review.title': 'Ansehen und senden',
  'review.heading': 'Erst ansehen, dann senden',
  'review.lead': 'Noch hat sie niemand sonst gesehen.',
  'review.sharing_ended': 'Sie haben das Teilen beendet, daher endet die Aufnahme dort.',
  'review.time_over':
    'Die Aufnahme hat ihre größte Länge erreicht und endet dort. Alles bis zu diesem Moment ist hier.',
  'review.disk_full':
    'Der Speicher dieses Computers ist voll, daher endet die Aufnahme dort. Alles bis zu diesem Moment ist hier.',
  'review.too_large':
    'Die Aufnahme ist so groß, wie Platz für sie ist, daher endet sie dort. Alles bis zu diesem Moment kann gesendet werden.',
  'review.crowded':
    'Mehrere andere Aufnahmen, die mit diesem Link begonnen wurden, sind noch offen, daher endet diese dort. Verwerfen Sie, was Sie nicht brauchen; dann kann sie gesendet werden.',
  'review.link_closed': 'Der Link wurde während der Aufnahme geschlossen. Ihre Aufnahme ist noch auf diesem Computer.',
  'review.used':
    'Während Sie aufnahmen, hat {workspace} eine andere Aufnahme für diesen Link erhalten, deshalb endete diese hier. Sie ist noch auf diesem Computer.',
  'review.discarded':
    'Diese Aufnahme wurde auf einer anderen Seite verworfen, während Sie aufnahmen, deshalb endete sie hier. Sie ist noch auf diesem Computer.',
  'review.recorder_failed': 'Ihr Browser hat die Aufnahme beendet. Alles bis zu diesem Moment ist hier.',
  'review.recovered': 'Das ist die Aufnahme, die Sie am {date} begonnen haben.',
  'review.file': 'Das ist das Video, das Sie ausgewählt haben.',
  'review.without_camera': 'Ihr Kamerabild fehlt hier oder endet früher: Es konnte nicht gespeichert werden.',
  'review.unplayable': 'Dieser Browser kann das Video nicht abspielen. Senden können Sie es trotzdem.',
  'player.label': 'Ihre Aufnahme',
  'player.play': 'Abspielen',
  'player.pause': 'Anhalten',
  'player.position': 'Position',
  'player.of': '{at} von {total}',
  'trim.label': 'Nur einen Teil behalten',
  'trim.start': 'Anfang',
  'trim.end': 'Ende',
  'trim.hint': 'Was außerhalb liegt, wird beim Senden endgültig abgeschnitten.',
  'trim.kept': '{time} von {total} bleiben erhalten',
  'trim.all': 'Alles behalten',
  'note.label': 'Notiz hinzufügen (freiwillig)',
  'note.hint': 'Zum Beispiel, was Sie erwartet hätten.',
  'review.send': 'An {workspace} senden',
  'review.again': 'Neu aufnehmen',
  'review.another_file': 'Anderes Video wählen',
  'review.discard': 'Verwerfen',
  'review.save_copy': 'Kopie auf diesem Computer speichern',
  'discard.heading': 'Diese Aufnahme verwerfen?',
  'discard.text': 'Sie wird sofort gelöscht, hier und bei {workspace}. Das lässt sich nicht rückgängig machen.',
  'discard.yes': 'Verwerfen',
  'again.heading': 'Neu aufnehmen?',
  'again.text': 'Die eben gemachte Aufnahme wird zuerst gelöscht. Das lässt sich nicht rückgängig machen.',
  'again.yes': 'Löschen und neu aufnehmen',
  'confirm.keep': 'Behalten',
  'deleting.title': 'Wird gelöscht',
  'deleting.heading': 'Ihre Aufnahme wird gelöscht',
  'deleting.offline':
    'Zurzeit keine Verbindung zu uns. Sobald es wieder eine gibt, wird sie hier und bei uns gelöscht; bitte lassen Sie diese Seite offen.',
  'deleting.foreign':
    'Etwas zwischen Ihnen und uns antwortet an unserer Stelle, etwa die Anmeldeseite Ihres Netzes oder ein Filter. Sobald wir antworten, wird sie hier und bei uns gelöscht; bitte lassen Sie diese Seite offen. Eine andere Website zeigt Ihnen vielleicht, was es von Ihnen möchte.',
  'deleting.handed_over':
    'Diese Aufnahme wurde bereits an {workspace} übergeben und kann daher von hier aus nicht gelöscht werden. Bitten Sie die Person bei {workspace}, die Ihnen den Link geschickt hat, sie zu löschen.',
  'deleting.not_deleted':
    'Das konnte nicht gelöscht werden. Bitte versuchen Sie es erneut. Wenn es wieder misslingt, sagen Sie {workspace} Bescheid.',
  'send.kept_already':
    'Weil eine Weile niemand zu dieser Aufnahme zurückgekommen ist, wurde sie bereits so, wie sie war, an {workspace} übergeben: Nichts wurde weggeschnitten und keine Notiz hinzugefügt. Soll etwas daraus entfernt werden, bitten Sie die Person bei {workspace}, die Ihnen den Link geschickt hat.',
  'send.another_received':
    '{workspace} hat für diesen Link bereits eine andere Aufnahme erhalten, daher wurde diese nicht gesendet. Soll sie gesehen werden, bitten Sie dort um einen neuen Link. Vorher können Sie eine Kopie Ihrer Aufnahme speichern.',
  'send.link_closed':
    'Der Link ist nicht mehr offen, daher konnte nicht gesendet werden. Bitten Sie {workspace} um einen neuen. Vorher können Sie eine Kopie Ihrer Aufnahme speichern.',
  'send.crowded':
    'Das konnte noch nicht gesendet werden: Mehrere andere Aufnahmen, die mit diesem Link begonnen wurden, sind noch offen. Verwerfen Sie dort, wo sie begonnen wurden, was Sie nicht brauchen, und drücken Sie dann noch einmal auf Senden.',
  'send.too_large':
    'Das ist größer, als {workspace} im Moment annehmen kann. Senden Sie ein kürzeres oder kleineres Video, oder sagen Sie {workspace} Bescheid.',
  'send.unreadable':
    'Dieses Video lässt sich nicht mehr lesen: Es wurde verschoben, geändert oder gelöscht, nachdem Sie es gewählt haben. Wählen Sie es noch einmal.',
  'send.mismatch':
    'Angekommen ist nicht, was Sie aufgenommen haben. Drücken Sie noch einmal auf Senden: Alles wird neu hochgeladen.',
  'send.refused':
    'Das konnte nicht gesendet werden. Bitte versuchen Sie es erneut. Wenn es wieder misslingt, speichern Sie eine Kopie und sagen Sie {workspace} Bescheid.',

  'sending.title': 'Wird gesendet',
  'sending.heading': 'Ihre Aufnahme wird gesendet',
  'sending.stay': 'Bitte lassen Sie diese Seite offen.',
  'sending.progress': 'Bisher gesendet',
  'sending.left': 'noch {size}',
  'sending.offline':
    'Zurzeit keine Verbindung zu uns. Das Senden geht weiter, sobald es wieder eine gibt. Nichts geht verloren.',
  'sending.foreign':
    'Etwas zwischen Ihnen und uns antwortet an unserer Stelle, etwa die Anmeldeseite Ihres Netzes oder ein Filter. Nichts geht verloren: Das Senden geht weiter, sobald wir antworten. Öffnen Sie eine andere Website, um zu sehen, was es von Ihnen möchte, oder versuchen Sie es in einem anderen Netz.',
  'sending.no_room':
    'Bei {workspace} ist gerade kein Platz dafür. Das Senden geht weiter, sobald Platz ist. Nichts geht verloren.',

  'done.title': 'Angekommen',
  'done.heading': 'Vielen Dank. {workspace} hat Ihre Aufnahme erhalten',
  'done.next_agent': '{agent} sieht sie sich an und antwortet Ihnen auf dem gewohnten Weg.',
  'done.next': 'Jemand sieht sie sich an und antwortet Ihnen auf dem gewohnten Weg.',
  'done.reference': 'Kennung',
  'done.received': 'Angekommen',
  'done.deleted': 'Wird gelöscht am',
  'done.receipt': 'Dieser Link bleibt Ihre Quittung: Sie können ihn jederzeit wieder öffnen.',
  'done.copy': 'Link zur Quittung kopieren',
  'done.copied': 'Kopiert',
  'done.close': 'Sie können diese Seite schließen.',

  'discarded.title': 'Verworfen',
  'discarded.heading': 'Ihre Aufnahme ist gelöscht',
  'discarded.text': 'Nichts davon ist übrig, weder hier noch bei {workspace}.',
  'discarded.again': 'Neue Aufnahme machen',
  'declined.title': 'Keine Aufnahme',
  'declined.heading': 'Das ist in Ordnung',
  'declined.text':
    '{workspace} weiß nun, dass Sie Ihren Bildschirm lieber nicht aufnehmen möchten. Es wurde nichts aufgenommen.',
  'declined.telling':
    '{workspace} erfährt gerade, dass Sie Ihren Bildschirm lieber nicht aufnehmen. Bitte lassen Sie diese Seite so lange offen. Es wurde nichts aufgenommen.',
  'declined.back': 'Ich habe es mir anders überlegt',

  'no_room.heading': 'Gerade ist kein Platz für eine Aufnahme',
  'no_room.text':
    'Ihr Link ist in Ordnung und gilt bis {date}. Öffnen Sie ihn später noch einmal, oder sagen Sie der Person, die ihn geschickt hat, dass der Speicher von {workspace} voll ist.',
  'no_room.still': 'Es ist noch kein Platz. Bitte versuchen Sie es später noch einmal.',

  'closed.unknown': 'Dieser Link funktioniert nicht',
  'closed.unknown_text':
    'Vielleicht fehlt ein Teil davon. Kopieren Sie den ganzen Link aus der Nachricht, oder bitten Sie den Absender um einen neuen.',
  'closed.used': 'Ihre Aufnahme ist angekommen',
  'closed.used_text': 'Es ist nichts mehr zu tun. Sie können diese Seite schließen.',
  'closed.deleted': 'Ihre Aufnahme wurde gelöscht',
  'closed.deleted_text': 'Sie war angekommen und wird nicht mehr aufbewahrt. Es ist nichts mehr zu tun.',
  'closed.cancelled': 'Hier ist nichts mehr aufzunehmen',
  'closed.cancelled_text': 'Die Anfrage wurde zurückgezogen. Sie müssen nichts tun.',
  'closed.expired': 'Dieser Link ist zu alt',
  'closed.expired_text': 'Links gelten zu Ihrem Schutz nur eine Weile. Bitten Sie den Absender um einen neuen.',
  'closed.replaced': 'Es gibt einen neueren Link',
  'closed.replaced_text': 'Dieser wurde ersetzt. Öffnen Sie den Link, den Sie zuletzt bekommen haben.',
  'closed.rate_limited': 'Bitte warten Sie eine Minute',
  'closed.rate_limited_text':
    'Aus Ihrem Netz kam sehr viel auf einmal. Ihr Link ist wahrscheinlich in Ordnung: Öffnen Sie ihn in einer Minute noch einmal.',
  'closed.offline': 'Keine Verbindung zu uns',
  'closed.offline_text': 'Prüfen Sie Ihre Verbindung und versuchen Sie es erneut. Nichts geht verloren.',
  'closed.foreign': 'Etwas anderes antwortet an unserer Stelle',
  'closed.foreign_text':
    'Es steht zwischen Ihnen und uns, etwa die Anmeldeseite Ihres Netzes oder ein Filter. Öffnen Sie eine andere Website, um zu sehen, was es von Ihnen möchte, und versuchen Sie es dann erneut. Nichts geht verloren.',
  'closed.fault': 'Das hat nicht geklappt',
  'closed.fault_text': 'Der Fehler liegt bei uns. Bitte versuchen Sie es gleich noch einmal. Nichts geht verloren.',

  'handover.title': 'Am Computer fortfahren',
  'handover.heading': 'Den Bildschirm nehmen Sie an einem Computer auf',
  'handover.text':
    'Auf Telefonen und Tablets darf eine Webseite den Bildschirm nicht aufnehmen. Öffnen Sie diesen Link an einem Computer:',
  'handover.mail': 'Link per E-Mail an mich',
  'handover.mail_subject': 'Link für meine Bildschirmaufnahme',
  'handover.share': 'Link teilen',
  'handover.copy': 'Link kopieren',
  'handover.copied': 'Kopiert',
  'handover.code': 'Code zum Scannen zeigen',
  'handover.code_label': 'Code, der zu diesem Link führt',
  'handover.no_recorder': 'Dieser Browser kann nicht aufnehmen',
  'handover.no_recorder_text': 'Öffnen Sie diesen Link in einem aktuellen Chrome, Edge, Firefox oder Safari:',
  'handover.insecure': 'Diese Seite ist nicht sicher geöffnet',
  'handover.insecure_text':
    'Browser nehmen nur auf Seiten auf, deren Adresse mit https beginnt. Bitten Sie {workspace} um den richtigen Link.',
  'file.heading': 'Oder senden Sie ein eigenes Video',
  'file.text':
    'Nehmen Sie den Bildschirm mit der Aufnahmefunktion Ihres Telefons auf und wählen Sie das Video dann hier aus.',
  'file.choose': 'Video auswählen',
  'file.agree': 'Mit der Auswahl eines Videos stimmen Sie dem zu.',
  'file.fact': 'Hochgeladen wird nur das Video, das Sie auswählen.',
  'file.saved': 'Ihr Video wird verschlüsselt gespeichert, während Sie es ansehen, damit nichts verloren geht.',
  'file.not_video': 'Das ist kein Video. Wählen Sie eines in einem Format wie MP4, MOV oder WebM.',
  'file.empty': 'Diese Datei ist leer: Darin wurde nichts aufgenommen. Wählen Sie ein anderes Video.',
  'file.unreadable':
    'Diese Datei lässt sich nicht lesen: Vielleicht wurde sie verschoben oder wird noch geschrieben. Wählen Sie sie erneut oder ein anderes Video.',

  'recovery.title': 'Unfertige Aufnahme',
  'recovery.heading': 'Sie haben eine unfertige Aufnahme',
  'recovery.text':
    'Sie haben sie am {date} begonnen. Sie liegt sicher auf diesem Computer. Sehen Sie sie an und entscheiden Sie.',
  'recovery.finish': 'Damit fortfahren',
  'recovery.again': 'Löschen und neu beginnen',
  'recovery.elsewhere': 'Eine Aufnahme wurde anderswo begonnen',
  'recovery.elsewhere_text':
    'Sie wurde in einem anderen Tab, Browser oder Computer begonnen. Öffnen Sie den Link dort, um sie abzuschließen, oder machen Sie hier eine neue.',
  'recovery.new': 'Neue Aufnahme',

  'problem.dismissed':
    'Es wurde nichts geteilt und daher nichts aufgenommen. Wählen Sie einen Tab, ein Fenster oder Ihren Bildschirm und drücken Sie auf „Teilen“.',
  'problem.blocked_by_system':
    'Ihr Mac erlaubt diesem Browser nicht, den Bildschirm aufzunehmen. Öffnen Sie Systemeinstellungen, Datenschutz & Sicherheit, Bildschirm- & Systemaudioaufnahme, schalten Sie Ihren Browser ein und starten Sie ihn neu. Öffnen Sie dann diesen Link noch einmal.',
  'problem.blocked_by_policy':
    'Dieser Browser darf den Bildschirm nicht teilen, vermutlich durch eine Regel Ihrer Firma. Versuchen Sie es mit einem anderen Browser oder Computer, oder fragen Sie Ihre IT-Abteilung.',
  'problem.source_busy':
    'Ihr Computer konnte nicht öffnen, was Sie ausgewählt haben. Schließen Sie andere Programme, die den Bildschirm aufnehmen, oder wählen Sie etwas anderes.',
  'problem.nothing_to_share':
    'Ihr Browser hat nichts gefunden, was er teilen kann. Versuchen Sie es mit einem anderen Browser oder Computer.',
  'problem.not_now': 'Ihr Browser konnte gerade nicht fragen. Drücken Sie noch einmal auf die Schaltfläche.',
  'problem.too_short': 'Das war zu kurz: Es wurde nichts aufgenommen. Bitte versuchen Sie es noch einmal.',
  'problem.nothing_recorded':
    'Ihr Browser hat nichts aufgenommen. Bitte versuchen Sie es noch einmal oder nehmen Sie einen anderen Browser.',
  'problem.crowded':
    'Mehrere andere Aufnahmen, die mit diesem Link begonnen wurden, sind noch offen, daher kann keine weitere beginnen. Verwerfen Sie dort, wo sie begonnen wurden, was Sie nicht brauchen, und versuchen Sie es dann erneut.',
  'problem.unknown':
    'Das Teilen hat nicht begonnen. Bitte versuchen Sie es erneut oder benutzen Sie einen anderen Browser.',

  'picking.title': 'Auswählen, was geteilt wird',
  'picking.heading': 'Auswählen, was geteilt wird',
  'picking.text':
    'Ihr Browser fragt jetzt. Wählen Sie den Tab oder das Fenster mit dem Problem, oder den ganzen Bildschirm, und drücken Sie auf „Teilen“.',
  'picking.tip': 'Schließen Sie, was niemand sehen soll, etwa E-Mails oder Nachrichten.',
  'picking.cancel': 'Abbrechen',
};
