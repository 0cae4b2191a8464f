import type { Translation } from '../message.js';
import type { opening as english } from './en.opening.js';

export const opening: Translation<typeof english> = {
  'page.language': 'Idioma',
  'page.footer': 'Gravação de tela com Screendesk',
  'page.loading': 'Abrindo o seu link',
  'page.try_again': 'Tentar de novo',
  'page.stuck': 'Esta página não carregou por completo',
  'page.stuck_text': 'Verifique a conexão e tente de novo. O que foi gravado não se perde.',

  'welcome.title': 'Mostre o problema',
  'welcome.heading': 'Mostre a {name} o que você vê',
  'welcome.intro_agent': '{agent}, de {workspace}, gostaria de ver o problema na sua tela.',
  'welcome.intro': '{workspace} gostaria de ver o problema na sua tela.',
  'welcome.how': 'Você grava aqui mesmo, no navegador. Nada para instalar, e leva cerca de um minuto.',
  'welcome.subject': 'Assunto',
  'welcome.message_from': 'Mensagem de {name}',
  'welcome.facts': 'O que acontece com a sua gravação',
  'fact.capture_screen': 'Só é gravada a parte da tela que você escolhe, e só entre Começar e Parar.',
  'fact.capture_voice': 'Só são gravadas a parte da tela que você escolhe e a sua voz, e só entre Começar e Parar.',
  'fact.camera': 'A sua câmera fica desligada enquanto você não a ligar.',
  'fact.sound': 'O som do seu computador também é gravado, a menos que você o desligue.',
  'fact.send': 'Ninguém em {workspace} pode assistir antes de você apertar Enviar. Você vê primeiro e pode descartar.',
  'fact.saved': 'Durante a gravação, uma cópia criptografada é guardada para que nada se perca.',
  'fact.send_finalise':
    '{workspace} recebe quando você aperta Enviar, e também se você sair sem escolher. Você vê primeiro e pode descartar.',
  'fact.abandoned_discard':
    'Se você sair sem escolher, essa cópia espera por você por 7 dias, sem que ninguém a veja, e depois é apagada.',
  'fact.deleted': 'Ela é apagada em {date}.',
  'consent.agree': 'Ao apertar Começar, você concorda com isto.',
  'welcome.start': 'Começar',
  'welcome.next': 'A seguir você verifica o microfone. Nada é gravado ainda.',
  'welcome.next_silent': 'A seguir você escolhe o que mostrar. Nada é gravado ainda.',
  'welcome.decline': 'Prefiro não gravar',
  'failed.offline': 'Não há conexão conosco. Verifique a sua conexão e tente de novo.',
  'failed.foreign':
    'Algo entre você e nós responde em nosso lugar, como a página de acesso da sua rede ou um filtro. Abra outro site para ver o que ele pede e tente de novo.',
  'failed.fault': 'A falha é nossa. Tente de novo daqui a pouco.',

  'setup.title': 'Preparação',
  'setup.heading': 'Preparação',
  'setup.lead': 'Você pode mudar tudo até começar.',
  'microphone.label': 'Microfone',
  'microphone.off': 'Sem microfone',
  'microphone.unnamed': 'Microfone {count}',
  'microphone.level': 'Nível do microfone',
  'microphone.speak': 'Diga alguma coisa: a barra deve se mexer.',
  'microphone.heard': 'Estamos ouvindo você.',
  'microphone.unheard': 'A sua voz não será gravada.',
  'microphone.asking': 'O navegador está pedindo o microfone. Escolha Permitir.',
  'microphone.blocked':
    'O navegador bloqueia o microfone. Aperte o ícone ao lado do endereço, permita o microfone e tente de novo. Ou continue sem a sua voz.',
  'microphone.absent': 'Nenhum microfone foi encontrado. Conecte um e tente de novo, ou continue sem a sua voz.',
  'microphone.busy': 'Outro programa está usando o microfone. Feche-o e tente de novo, ou continue sem a sua voz.',
  'microphone.unfit':
    'Este microfone não combina com a gravação em andamento. Escolha outro, ou continue sem a sua voz.',
  'camera.label': 'Câmera',
  'camera.hint': 'Mostra o seu rosto num canto da gravação.',
  'camera.blocked': 'A câmera não está disponível. Permita-a ao lado do endereço, ou continue sem ela.',
  'camera.preview': 'A imagem da sua câmera',
  'sound.label': 'Som deste computador',
  'sound.hint': 'Grava o que você ouve. O navegador pergunta mais uma vez quando você escolhe o que compartilhar.',
  'setup.choose': 'Escolher o que compartilhar',
  'setup.choose_hint':
    'O navegador vai perguntar o que compartilhar: uma guia, uma janela ou a tela inteira. Depois disso você tem três segundos.',
  'setup.back': 'Voltar',
};
