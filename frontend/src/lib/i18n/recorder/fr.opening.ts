import type { Translation } from '../message.js';
import type { opening as english } from './en.opening.js';

export const opening: Translation<typeof english> = {
  'page.language': 'Langue',
  'page.footer': 'Enregistrement d’écran avec Screendesk',
  'page.loading': 'Ouverture de votre lien',
  'page.try_again': 'Réessayer',
  'page.stuck': 'Cette page ne s’est pas chargée entièrement',
  'page.stuck_text': 'Vérifiez votre connexion, puis réessayez. Ce que vous avez enregistré n’est pas perdu.',

  'welcome.title': 'Montrez le problème',
  'welcome.heading': 'Montrez à {name} ce que vous voyez',
  'welcome.intro_agent': '{agent}, de {workspace}, aimerait voir le problème sur votre écran.',
  'welcome.intro': '{workspace} aimerait voir le problème sur votre écran.',
  'welcome.how':
    'Vous l’enregistrez ici même, dans votre navigateur. Rien à installer, et cela prend environ une minute.',
  'welcome.subject': 'Sujet',
  'welcome.message_from': 'Message de {name}',
  'welcome.facts': 'Ce que devient votre enregistrement',
  'fact.capture_screen':
    'Seule la partie de l’écran que vous choisissez est enregistrée, et seulement entre Démarrer et Arrêter.',
  'fact.capture_voice':
    'Seules la partie de l’écran que vous choisissez et votre voix sont enregistrées, et seulement entre Démarrer et Arrêter.',
  'fact.camera': 'Votre caméra reste éteinte tant que vous ne l’activez pas.',
  'fact.sound': 'Le son de votre ordinateur est enregistré aussi, sauf si vous le coupez.',
  'fact.send':
    'Personne chez {workspace} ne peut le regarder avant que vous appuyiez sur Envoyer. Vous le voyez d’abord et pouvez le supprimer.',
  'fact.saved': 'Pendant l’enregistrement, une copie chiffrée est sauvegardée pour que rien ne se perde.',
  'fact.send_finalise':
    '{workspace} le reçoit quand vous appuyez sur Envoyer, et aussi si vous partez sans choisir. Vous le voyez d’abord et pouvez le supprimer.',
  'fact.abandoned_discard':
    'Si vous partez sans choisir, cette copie vous attend 7 jours sans que personne ne la voie, puis elle est supprimée.',
  'fact.deleted': 'Il est supprimé le {date}.',
  'consent.agree': 'En appuyant sur Démarrer, vous acceptez cela.',
  'welcome.start': 'Démarrer',
  'welcome.next': 'Vous vérifierez d’abord votre microphone. Rien n’est encore enregistré.',
  'welcome.next_silent': 'Vous choisirez d’abord ce que vous montrez. Rien n’est encore enregistré.',
  'welcome.decline': 'Je préfère ne pas le faire',
  'failed.offline': 'Pas de connexion avec nous. Vérifiez la vôtre, puis réessayez.',
  'failed.foreign':
    'Quelque chose entre vous et nous répond à notre place, comme la page de connexion de votre réseau ou un filtre. Ouvrez un autre site pour voir ce qu’il vous demande, puis réessayez.',
  'failed.fault': 'L’erreur vient de chez nous. Veuillez réessayer dans un instant.',

  'setup.title': 'Préparation',
  'setup.heading': 'Préparation',
  'setup.lead': 'Vous pouvez tout modifier jusqu’au début.',
  'microphone.label': 'Microphone',
  'microphone.off': 'Sans microphone',
  'microphone.unnamed': 'Microphone {count}',
  'microphone.level': 'Niveau du microphone',
  'microphone.speak': 'Dites quelque chose : la barre doit bouger.',
  'microphone.heard': 'Nous vous entendons.',
  'microphone.unheard': 'Votre voix ne sera pas enregistrée.',
  'microphone.asking': 'Votre navigateur demande l’accès au microphone. Choisissez Autoriser.',
  'microphone.blocked':
    'Votre navigateur bloque le microphone. Cliquez sur l’icône à côté de l’adresse, autorisez le microphone, puis réessayez. Ou continuez sans votre voix.',
  'microphone.absent': 'Aucun microphone n’a été trouvé. Branchez-en un et réessayez, ou continuez sans votre voix.',
  'microphone.busy': 'Un autre programme utilise le microphone. Fermez-le et réessayez, ou continuez sans votre voix.',
  'microphone.unfit':
    'Ce microphone ne convient pas à l’enregistrement en cours. Choisissez-en un autre, ou continuez sans votre voix.',
  'camera.label': 'Caméra',
  'camera.hint': 'Montre votre visage dans un coin de l’enregistrement.',
  'camera.blocked': 'La caméra n’est pas disponible. Autorisez-la à côté de l’adresse, ou continuez sans elle.',
  'camera.preview': 'L’image de votre caméra',
  'sound.label': 'Son de cet ordinateur',
  'sound.hint': 'Enregistre ce que vous entendez. Votre navigateur le redemande quand vous choisissez quoi partager.',
  'setup.choose': 'Choisir quoi partager',
  'setup.choose_hint':
    'Votre navigateur va demander quoi partager : un onglet, une fenêtre ou tout l’écran. Vous aurez ensuite trois secondes.',
  'setup.back': 'Retour',
};
