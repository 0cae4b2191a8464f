import type { Translation } from '../message.js';
import type { rest as english } from './en.rest.js';

export const rest: Translation<typeof english> = {
  'countdown.title': 'L’enregistrement commence',
  'countdown.heading': 'L’enregistrement commence dans',
  'countdown.spoken': {
    one: 'L’enregistrement commence dans {count} seconde',
    other: 'L’enregistrement commence dans {count} secondes',
  },
  'countdown.then': 'Allez ensuite à ce que vous voulez montrer, et revenez à cet onglet pour arrêter.',
  'countdown.cancel': 'Annuler',
  'countdown.key': 'Ou appuyez sur Échap',

  'recording.title': '{time} – enregistrement',
  'recording.title_paused': '{time} – en pause',
  'recording.heading': 'Enregistrement en cours',
  'recording.paused': 'En pause',
  'recording.go':
    'Allez maintenant à ce que vous voulez montrer. Parlez comme si quelqu’un était assis à côté de vous.',
  'recording.go_silent':
    'Allez maintenant à ce que vous voulez montrer. Votre voix n’est pas enregistrée ; vous pourrez ajouter une note avant l’envoi.',
  'recording.paused_text': 'Rien n’est enregistré en ce moment.',
  'recording.elapsed': 'Déjà enregistré',
  'recording.left': 'encore {time}',
  'recording.pause': 'Pause',
  'recording.resume': 'Reprendre',
  'recording.stop': 'Arrêter',
  'recording.started': 'L’enregistrement a commencé.',
  'recording.resumed': 'L’enregistrement reprend.',
  'recording.ending': { one: 'Encore {count} minute environ.', other: 'Encore {count} minutes environ.' },
  'recording.silent': 'Nous ne vous entendons pas. Vérifiez que le bon microphone est choisi et qu’il n’est pas coupé.',
  'recording.unplugged':
    'Le microphone a disparu. L’enregistrement continue sans votre voix ; vous pouvez en choisir un autre ici.',
  'recording.without_camera':
    'L’image de votre caméra n’a pas pu être sauvegardée ; la caméra est donc éteinte. Votre écran est enregistré sans elle.',

  'saved.nothing_yet': 'L’enregistrement commence…',
  'saved.all': 'Sauvegardé',
  'saved.behind': 'Sauvegarde en cours, encore {size}',
  'saved.offline':
    'Pas de connexion avec nous pour le moment. Sauvegardé sur cet ordinateur, et envoyé dès qu’elle sera rétablie',
  'saved.foreign':
    'Quelque chose entre vous et nous répond à notre place, comme la page de connexion de votre réseau. Sauvegardé sur cet ordinateur, et envoyé dès que nous répondrons. Un autre site vous montrera peut-être ce qu’il vous demande.',
  'saved.no_room':
    'Il n’y a pas de place chez {workspace} pour le moment. Rien n’est perdu : la sauvegarde se fera dès qu’il y en aura.',
  'saved.refused':
    'Notre serveur n’accepte pas cet enregistrement pour le moment. Rien n’est perdu : tout est encore ici, dans votre navigateur. Continuez ou arrêtez ; l’envoi sera tenté encore une fois et, s’il échoue, vous pourrez enregistrer une copie.',
  'saved.memory':
    'Ce navigateur ne peut pas garder de copie sur cet ordinateur. Veuillez laisser cette page ouverte jusqu’à ce que tout soit envoyé.',

  'finishing.title': 'Un instant',
  'finishing.heading': 'Un instant',
  'finishing.text': 'Votre enregistrement est en cours de finalisation.',

  'review.title': 'Regarder et envoyer',
  'review.heading': 'Regardez-le, puis envoyez-le',
  'review.lead': 'Personne d’autre ne l’a encore vu.',
  'review.sharing_ended': 'Vous avez arrêté le partage, l’enregistrement s’arrête donc là.',
  'review.time_over': 'L’enregistrement a atteint sa durée maximale et s’arrête là. Tout ce qui précède est ici.',
  'review.disk_full':
    'Le disque de cet ordinateur est plein, l’enregistrement s’arrête donc là. Tout ce qui précède est ici.',
  'review.too_large':
    'L’enregistrement occupe toute la place qu’il y a pour lui et s’arrête là. Tout ce qui précède peut être envoyé.',
  'review.crowded':
    'Plusieurs autres enregistrements commencés avec ce lien sont encore ouverts, celui-ci s’arrête donc là. Supprimez ceux dont vous n’avez pas besoin ; il pourra alors être envoyé.',
  'review.link_closed':
    'Le lien a été fermé pendant l’enregistrement. Votre enregistrement est encore sur cet ordinateur.',
  'review.used':
    'Pendant votre enregistrement, {workspace} en a reçu un autre par ce lien ; celui-ci s’est donc arrêté là. Il est encore sur cet ordinateur.',
  'review.discarded':
    'Cet enregistrement a été supprimé sur une autre page pendant que vous enregistriez ; il s’est donc arrêté là. Il est encore sur cet ordinateur.',
  'review.recorder_failed': 'Votre navigateur a mis fin à l’enregistrement. Tout ce qui précède est ici.',
  'review.recovered': 'Voici l’enregistrement que vous avez commencé le {date}.',
  'review.file': 'Voici la vidéo que vous avez choisie.',
  'review.without_camera':
    'L’image de votre caméra manque ici ou s’arrête plus tôt : elle n’a pas pu être sauvegardée.',
  'review.unplayable': 'Ce navigateur ne peut pas lire la vidéo. Vous pouvez quand même l’envoyer.',
  'player.label': 'Votre enregistrement',
  'player.play': 'Lire',
  'player.pause': 'Pause',
  'player.position': 'Position',
  'player.of': '{at} sur {total}',
  'trim.label': 'Ne garder qu’une partie',
  'trim.start': 'Début',
  'trim.end': 'Fin',
  'trim.hint': 'Ce qui est en dehors est coupé définitivement à l’envoi.',
  'trim.kept': '{time} sur {total} seront gardées',
  'trim.all': 'Tout garder',
  'note.label': 'Ajouter une note (facultatif)',
  'note.hint': 'Par exemple, ce que vous attendiez.',
  'review.send': 'Envoyer à {workspace}',
  'review.again': 'Recommencer',
  'review.another_file': 'Choisir une autre vidéo',
  'review.discard': 'Supprimer',
  'review.save_copy': 'Enregistrer une copie sur cet ordinateur',
  'discard.heading': 'Supprimer cet enregistrement ?',
  'discard.text': 'Il est supprimé immédiatement, ici et chez {workspace}. C’est irréversible.',
  'discard.yes': 'Supprimer',
  'again.heading': 'Recommencer ?',
  'again.text': 'L’enregistrement que vous venez de faire est d’abord supprimé. C’est irréversible.',
  'again.yes': 'Supprimer et recommencer',
  'confirm.keep': 'Le garder',
  'deleting.title': 'Suppression',
  'deleting.heading': 'Suppression de votre enregistrement',
  'deleting.offline':
    'Pas de connexion avec nous pour le moment. Il sera supprimé ici et chez nous dès qu’elle sera rétablie ; veuillez laisser cette page ouverte.',
  'deleting.foreign':
    'Quelque chose entre vous et nous répond à notre place, comme la page de connexion de votre réseau ou un filtre. Il sera supprimé ici et chez nous dès que nous répondrons ; veuillez laisser cette page ouverte. Un autre site vous montrera peut-être ce qu’il vous demande.',
  'deleting.handed_over':
    'Cet enregistrement a déjà été transmis à {workspace} et ne peut donc pas être supprimé d’ici. Demandez à la personne de {workspace} qui vous a envoyé le lien de le supprimer.',
  'deleting.not_deleted':
    'La suppression n’a pas pu se faire. Veuillez réessayer. En cas de nouvel échec, prévenez {workspace}.',
  'send.kept_already':
    'Personne n’étant revenu à cet enregistrement pendant un moment, il a déjà été transmis tel quel à {workspace} : rien n’a été coupé et aucune note n’a été ajoutée. Si quelque chose doit en être retiré, demandez-le à la personne de {workspace} qui vous a envoyé le lien.',
  'send.another_received':
    '{workspace} a déjà reçu un autre enregistrement pour ce lien, celui-ci n’a donc pas été envoyé. S’il doit être vu, demandez un nouveau lien. Vous pouvez d’abord enregistrer une copie.',
  'send.link_closed':
    'Le lien n’est plus ouvert, l’envoi n’a donc pas pu se faire. Demandez-en un nouveau à {workspace}. Vous pouvez d’abord enregistrer une copie.',
  'send.crowded':
    'L’envoi n’a pas encore pu se faire : plusieurs autres enregistrements commencés avec ce lien sont encore ouverts. Supprimez ceux dont vous n’avez pas besoin là où ils ont été commencés, puis appuyez de nouveau sur Envoyer.',
  'send.too_large':
    'C’est plus volumineux que ce que {workspace} peut accepter pour le moment. Envoyez une vidéo plus courte ou plus légère, ou prévenez {workspace}.',
  'send.unreadable':
    'Cette vidéo ne peut plus être lue : elle a été déplacée, modifiée ou supprimée après votre choix. Choisissez-la encore une fois.',
  'send.mismatch':
    'Ce qui est arrivé n’est pas ce que vous avez enregistré. Appuyez de nouveau sur Envoyer : tout est envoyé une nouvelle fois.',
  'send.refused':
    'L’envoi n’a pas pu se faire. Veuillez réessayer. En cas de nouvel échec, enregistrez une copie et prévenez {workspace}.',

  'sending.title': 'Envoi',
  'sending.heading': 'Envoi de votre enregistrement',
  'sending.stay': 'Veuillez laisser cette page ouverte.',
  'sending.progress': 'Déjà envoyé',
  'sending.left': 'encore {size}',
  'sending.offline':
    'Pas de connexion avec nous pour le moment. L’envoi reprendra dès qu’elle sera rétablie. Rien n’est perdu.',
  'sending.foreign':
    'Quelque chose entre vous et nous répond à notre place, comme la page de connexion de votre réseau ou un filtre. Rien n’est perdu : l’envoi reprendra dès que nous répondrons. Ouvrez un autre site pour voir ce qu’il vous demande, ou essayez un autre réseau.',
  'sending.no_room':
    'Il n’y a pas de place chez {workspace} pour le moment. L’envoi reprendra dès qu’il y en aura. Rien n’est perdu.',

  'done.title': 'Reçu',
  'done.heading': 'Merci. {workspace} a reçu votre enregistrement',
  'done.next_agent': '{agent} le regardera et vous répondra comme d’habitude.',
  'done.next': 'Quelqu’un le regardera et vous répondra comme d’habitude.',
  'done.reference': 'Référence',
  'done.received': 'Reçu',
  'done.deleted': 'Supprimé le',
  'done.receipt': 'Ce lien reste votre reçu : rouvrez-le quand vous voulez.',
  'done.copy': 'Copier le lien du reçu',
  'done.copied': 'Copié',
  'done.close': 'Vous pouvez fermer cette page.',

  'discarded.title': 'Supprimé',
  'discarded.heading': 'Votre enregistrement est supprimé',
  'discarded.text': 'Il n’en reste rien, ni ici ni chez {workspace}.',
  'discarded.again': 'Faire un nouvel enregistrement',
  'declined.title': 'Pas d’enregistrement',
  'declined.heading': 'C’est très bien ainsi',
  'declined.text': '{workspace} sait que vous préférez ne pas enregistrer votre écran. Rien n’a été enregistré.',
  'declined.telling':
    'Nous prévenons {workspace} que vous préférez ne pas enregistrer votre écran. Laissez cette page ouverte jusque-là. Rien n’a été enregistré.',
  'declined.back': 'J’ai changé d’avis',

  'no_room.heading': 'Il n’y a pas de place pour un enregistrement en ce moment',
  'no_room.text':
    'Votre lien est bon et fonctionne jusqu’au {date}. Rouvrez-le plus tard, ou dites à la personne qui l’a envoyé que l’espace de stockage de {workspace} est plein.',
  'no_room.still': 'Il n’y a toujours pas de place. Veuillez réessayer plus tard.',

  'closed.unknown': 'Ce lien ne fonctionne pas',
  'closed.unknown_text':
    'Il en manque peut-être une partie. Copiez le lien entier du message, ou demandez-en un nouveau à la personne qui l’a envoyé.',
  'closed.used': 'Votre enregistrement a été reçu',
  'closed.used_text': 'Il n’y a plus rien à faire. Vous pouvez fermer cette page.',
  'closed.deleted': 'Votre enregistrement a été supprimé',
  'closed.deleted_text': 'Il avait été reçu et n’est plus conservé. Il n’y a plus rien à faire.',
  'closed.cancelled': 'Plus rien à enregistrer',
  'closed.cancelled_text': 'La demande a été retirée. Vous n’avez rien à faire.',
  'closed.expired': 'Ce lien est trop ancien',
  'closed.expired_text':
    'Pour vous protéger, les liens ne fonctionnent qu’un temps. Demandez-en un nouveau à la personne qui l’a envoyé.',
  'closed.replaced': 'Il existe un lien plus récent',
  'closed.replaced_text': 'Celui-ci a été remplacé. Ouvrez le dernier lien que vous avez reçu.',
  'closed.rate_limited': 'Veuillez attendre une minute',
  'closed.rate_limited_text':
    'Beaucoup de demandes sont arrivées à la fois depuis votre réseau. Votre lien est sans doute bon : rouvrez-le dans une minute.',
  'closed.offline': 'Pas de connexion avec nous',
  'closed.offline_text': 'Vérifiez votre connexion, puis réessayez. Rien n’est perdu.',
  'closed.foreign': 'Autre chose répond à notre place',
  'closed.foreign_text':
    'Cela se trouve entre vous et nous, comme la page de connexion de votre réseau ou un filtre. Ouvrez un autre site pour voir ce qu’il vous demande, puis réessayez. Rien n’est perdu.',
  'closed.fault': 'Cela n’a pas fonctionné',
  'closed.fault_text': 'L’erreur vient de chez nous. Veuillez réessayer dans un instant. Rien n’est perdu.',

  'handover.title': 'Continuer sur un ordinateur',
  'handover.heading': 'Il faut un ordinateur pour enregistrer l’écran',
  'handover.text':
    'Les téléphones et les tablettes ne laissent pas une page web enregistrer l’écran. Ouvrez ce lien sur un ordinateur :',
  'handover.mail': 'M’envoyer le lien par courriel',
  'handover.mail_subject': 'Lien pour enregistrer mon écran',
  'handover.share': 'Partager le lien',
  'handover.copy': 'Copier le lien',
  'handover.copied': 'Copié',
  'handover.code': 'Afficher un code à scanner',
  'handover.code_label': 'Code qui mène à ce lien',
  'handover.no_recorder': 'Ce navigateur ne peut pas enregistrer',
  'handover.no_recorder_text': 'Ouvrez ce lien dans une version récente de Chrome, Edge, Firefox ou Safari :',
  'handover.insecure': 'Cette page n’est pas ouverte de façon sûre',
  'handover.insecure_text':
    'Les navigateurs n’enregistrent que sur des pages dont l’adresse commence par https. Demandez le bon lien à {workspace}.',
  'file.heading': 'Ou envoyez une vidéo faite par vous',
  'file.text': 'Enregistrez l’écran avec l’enregistreur de votre téléphone, puis choisissez la vidéo ici.',
  'file.choose': 'Choisir une vidéo',
  'file.agree': 'En choisissant une vidéo, vous acceptez cela.',
  'file.fact': 'Seule la vidéo que vous choisissez est envoyée.',
  'file.saved':
    'Votre vidéo est sauvegardée sous forme chiffrée pendant que vous la regardez, pour que rien ne se perde.',
  'file.not_video': 'Ce n’est pas une vidéo. Choisissez-en une dans un format comme MP4, MOV ou WebM.',
  'file.empty': 'Ce fichier est vide : rien n’y a été enregistré. Choisissez une autre vidéo.',
  'file.unreadable':
    'Ce fichier ne peut pas être lu : il a peut-être été déplacé, ou est encore en cours d’écriture. Choisissez-le de nouveau, ou une autre vidéo.',

  'recovery.title': 'Enregistrement inachevé',
  'recovery.heading': 'Vous avez un enregistrement inachevé',
  'recovery.text': 'Vous l’avez commencé le {date}. Il est en sécurité sur cet ordinateur. Regardez-le et décidez.',
  'recovery.finish': 'Continuer avec celui-ci',
  'recovery.again': 'Le supprimer et recommencer',
  'recovery.elsewhere': 'Un enregistrement a été commencé ailleurs',
  'recovery.elsewhere_text':
    'Il a été commencé dans un autre onglet, navigateur ou ordinateur. Ouvrez le lien là-bas pour le terminer, ou faites-en un nouveau ici.',
  'recovery.new': 'Nouvel enregistrement',

  'problem.dismissed':
    'Rien n’a été partagé, donc rien n’a été enregistré. Choisissez un onglet, une fenêtre ou votre écran, puis appuyez sur Partager.',
  'problem.blocked_by_system':
    'Votre Mac n’autorise pas ce navigateur à enregistrer l’écran. Ouvrez Réglages Système, Confidentialité et sécurité, Enregistrement de l’écran et de l’audio du système, activez votre navigateur et redémarrez-le. Ouvrez ensuite ce lien de nouveau.',
  'problem.blocked_by_policy':
    'Ce navigateur n’a pas le droit de partager l’écran, sans doute par une règle de votre entreprise. Essayez un autre navigateur ou un autre ordinateur, ou demandez à votre service informatique.',
  'problem.source_busy':
    'Votre ordinateur n’a pas pu ouvrir ce que vous avez choisi. Fermez les autres programmes qui enregistrent l’écran, ou choisissez autre chose.',
  'problem.nothing_to_share':
    'Votre navigateur n’a rien trouvé à partager. Essayez un autre navigateur ou un autre ordinateur.',
  'problem.not_now': 'Votre navigateur n’a pas pu demander à l’instant. Appuyez encore une fois sur le bouton.',
  'problem.too_short': 'C’était trop court : rien n’a été enregistré. Veuillez réessayer.',
  'problem.nothing_recorded': 'Votre navigateur n’a rien enregistré. Réessayez ou utilisez un autre navigateur.',
  'problem.crowded':
    'Plusieurs autres enregistrements commencés avec ce lien sont encore ouverts, aucun autre ne peut donc commencer. Supprimez ceux dont vous n’avez pas besoin là où ils ont été commencés, puis réessayez.',
  'problem.unknown': 'Le partage n’a pas commencé. Veuillez réessayer, ou utiliser un autre navigateur.',

  'picking.title': 'Choisir quoi partager',
  'picking.heading': 'Choisissez quoi partager',
  'picking.text':
    'Votre navigateur le demande maintenant. Choisissez l’onglet ou la fenêtre où se trouve le problème, ou tout l’écran, et appuyez sur Partager.',
  'picking.tip': 'Fermez ce qui ne doit pas être vu, comme vos courriels ou vos messages.',
  'picking.cancel': 'Annuler',
};
