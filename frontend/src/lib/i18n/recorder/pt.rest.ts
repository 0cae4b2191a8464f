import type { Translation } from '../message.js';
import type { rest as english } from './en.rest.js';

export const rest: Translation<typeof english> = {
  'countdown.title': 'A gravação começa',
  'countdown.heading': 'A gravação começa em',
  'countdown.spoken': { one: 'A gravação começa em {count} segundo', other: 'A gravação começa em {count} segundos' },
  'countdown.then': 'Depois vá até o que quer mostrar e volte a esta guia para parar.',
  'countdown.cancel': 'Cancelar',
  'countdown.key': 'Ou aperte Esc',

  'recording.title': '{time} – gravando',
  'recording.title_paused': '{time} – em pausa',
  'recording.heading': 'Gravando',
  'recording.paused': 'Em pausa',
  'recording.go': 'Agora vá até o que quer mostrar. Fale como se alguém estivesse ao seu lado.',
  'recording.go_silent':
    'Agora vá até o que quer mostrar. A sua voz não é gravada; antes de enviar você pode adicionar uma nota.',
  'recording.paused_text': 'No momento nada é gravado.',
  'recording.elapsed': 'Gravado até agora',
  'recording.left': 'restam {time}',
  'recording.pause': 'Pausar',
  'recording.resume': 'Continuar',
  'recording.stop': 'Parar',
  'recording.started': 'A gravação começou.',
  'recording.resumed': 'A gravação continua.',
  'recording.ending': { one: 'Resta cerca de {count} minuto.', other: 'Restam cerca de {count} minutos.' },
  'recording.silent': 'Não ouvimos você. Verifique se o microfone certo está escolhido e se não está mudo.',
  'recording.unplugged': 'O microfone sumiu. A gravação continua sem a sua voz; você pode escolher outro aqui.',
  'recording.without_camera':
    'A imagem da sua câmera não pôde ser salva, por isso a câmera está desligada. A sua tela é gravada sem ela.',

  'saved.nothing_yet': 'Começando a gravar…',
  'saved.all': 'Salvo',
  'saved.behind': 'Salvando, faltam {size}',
  'saved.offline': 'Sem conexão conosco no momento. Salvo neste computador; será enviado assim que houver conexão',
  'saved.foreign':
    'Algo entre você e nós responde em nosso lugar, como a página de acesso da sua rede. Salvo neste computador; será enviado assim que respondermos. Outro site talvez mostre o que ele pede.',
  'saved.no_room': 'Não há espaço em {workspace} no momento. Nada se perde: será enviado assim que houver espaço.',
  'saved.refused':
    'O nosso servidor não aceita esta gravação no momento. Nada se perde: tudo continua aqui, no seu navegador. Continue gravando ou pare; ao enviar, tentamos mais uma vez e, se falhar, você pode salvar uma cópia.',
  'saved.memory':
    'Este navegador não consegue guardar uma cópia neste computador. Deixe esta página aberta até tudo ser enviado.',

  'finishing.title': 'Um momento',
  'finishing.heading': 'Um momento',
  'finishing.text': 'Finalizando a sua gravação.',

  'review.title': 'Assistir e enviar',
  'review.heading': 'Assista e depois envie',
  'review.lead': 'Ninguém mais viu ainda.',
  'review.sharing_ended': 'Você parou de compartilhar, por isso a gravação termina ali.',
  'review.time_over': 'A gravação atingiu a duração máxima e termina ali. Tudo até aquele momento está aqui.',
  'review.disk_full':
    'O disco deste computador está cheio, por isso a gravação termina ali. Tudo até aquele momento está aqui.',
  'review.too_large':
    'A gravação ocupa todo o espaço que há para ela e termina ali. Tudo até aquele momento pode ser enviado.',
  'review.crowded':
    'Várias outras gravações começadas com este link ainda estão abertas, por isso esta terminou ali. Descarte as de que não precisa; depois ela pode ser enviada.',
  'review.link_closed': 'O link foi fechado durante a gravação. A sua gravação ainda está neste computador.',
  'review.used':
    'Enquanto você gravava, {workspace} recebeu outra gravação por este link, por isso esta terminou ali. Ela ainda está neste computador.',
  'review.discarded':
    'Esta gravação foi descartada em outra página enquanto você gravava, por isso terminou ali. Ela ainda está neste computador.',
  'review.recorder_failed': 'O navegador encerrou a gravação. Tudo até aquele momento está aqui.',
  'review.recovered': 'Esta é a gravação que você começou em {date}.',
  'review.file': 'Este é o vídeo que você escolheu.',
  'review.without_camera': 'A imagem da sua câmera falta aqui ou termina antes: não foi possível salvá-la.',
  'review.unplayable': 'Este navegador não consegue reproduzir o vídeo. Você pode enviá-lo mesmo assim.',
  'player.label': 'A sua gravação',
  'player.play': 'Reproduzir',
  'player.pause': 'Pausar',
  'player.position': 'Posição',
  'player.of': '{at} de {total}',
  'trim.label': 'Manter só uma parte',
  'trim.start': 'Início',
  'trim.end': 'Fim',
  'trim.hint': 'O que ficar fora é cortado de vez ao enviar.',
  'trim.kept': '{time} de {total} serão mantidos',
  'trim.all': 'Manter tudo',
  'note.label': 'Adicionar uma nota (opcional)',
  'note.hint': 'Por exemplo, o que você esperava que acontecesse.',
  'review.send': 'Enviar para {workspace}',
  'review.again': 'Gravar de novo',
  'review.another_file': 'Escolher outro vídeo',
  'review.discard': 'Descartar',
  'review.save_copy': 'Salvar uma cópia neste computador',
  'discard.heading': 'Descartar esta gravação?',
  'discard.text': 'Ela é apagada na hora, aqui e em {workspace}. Não é possível desfazer.',
  'discard.yes': 'Descartar',
  'again.heading': 'Gravar de novo?',
  'again.text': 'Primeiro é apagada a gravação que você acabou de fazer. Não é possível desfazer.',
  'again.yes': 'Apagar e gravar de novo',
  'confirm.keep': 'Manter',
  'deleting.title': 'Apagando',
  'deleting.heading': 'Apagando a sua gravação',
  'deleting.offline':
    'Sem conexão conosco no momento. Assim que houver conexão, ela será apagada aqui e no nosso servidor; deixe esta página aberta.',
  'deleting.foreign':
    'Algo entre você e nós responde em nosso lugar, como a página de acesso da sua rede ou um filtro. Assim que respondermos, ela será apagada aqui e no nosso servidor; deixe esta página aberta. Outro site talvez mostre o que ele pede.',
  'deleting.handed_over':
    'Esta gravação já foi entregue a {workspace}, por isso não pode ser apagada daqui. Peça à pessoa de {workspace} que lhe enviou o link que a apague.',
  'deleting.not_deleted': 'Não foi possível apagar. Tente de novo. Se falhar outra vez, avise {workspace}.',
  'send.kept_already':
    'Como ninguém voltou a esta gravação por algum tempo, ela já foi entregue a {workspace} como estava: nada foi cortado e nenhuma nota foi adicionada. Se algo nela precisar ser removido, peça à pessoa de {workspace} que lhe enviou o link.',
  'send.another_received':
    '{workspace} já recebeu outra gravação por este link, por isso esta não foi enviada. Se ela deve ser vista, peça um link novo. Antes você pode salvar uma cópia da gravação.',
  'send.link_closed':
    'O link não está mais aberto, por isso não foi possível enviar. Peça um novo a {workspace}. Antes você pode salvar uma cópia da gravação.',
  'send.crowded':
    'Ainda não foi possível enviar: várias outras gravações começadas com este link ainda estão abertas. Descarte as de que não precisa onde foram começadas e aperte Enviar mais uma vez.',
  'send.too_large':
    'É maior do que {workspace} pode aceitar no momento. Envie um vídeo mais curto ou menor, ou avise {workspace}.',
  'send.unreadable':
    'Não é mais possível ler este vídeo: ele foi movido, alterado ou apagado depois de escolhido. Escolha-o mais uma vez.',
  'send.mismatch': 'O que chegou não é o que você gravou. Aperte Enviar mais uma vez: tudo é enviado de novo.',
  'send.refused': 'Não foi possível enviar. Tente de novo. Se falhar outra vez, salve uma cópia e avise {workspace}.',

  'sending.title': 'Enviando',
  'sending.heading': 'Enviando a sua gravação',
  'sending.stay': 'Deixe esta página aberta.',
  'sending.progress': 'Enviado até agora',
  'sending.left': 'faltam {size}',
  'sending.offline': 'Sem conexão conosco no momento. O envio continua assim que houver conexão. Nada se perde.',
  'sending.foreign':
    'Algo entre você e nós responde em nosso lugar, como a página de acesso da sua rede ou um filtro. Nada se perde: o envio continua assim que respondermos. Abra outro site para ver o que ele pede, ou tente outra rede.',
  'sending.no_room':
    'Não há espaço em {workspace} no momento. O envio continua assim que houver espaço. Nada se perde.',

  'done.title': 'Recebida',
  'done.heading': 'Agradecemos. {workspace} recebeu a sua gravação',
  'done.next_agent': '{agent} vai assistir e responder como de costume.',
  'done.next': 'Alguém vai assistir e responder como de costume.',
  'done.reference': 'Referência',
  'done.received': 'Recebida',
  'done.deleted': 'Será apagada em',
  'done.receipt': 'Este link continua sendo o seu comprovante: abra-o de novo quando quiser.',
  'done.copy': 'Copiar o link do comprovante',
  'done.copied': 'Copiado',
  'done.close': 'Você pode fechar esta página.',

  'discarded.title': 'Descartada',
  'discarded.heading': 'A sua gravação foi apagada',
  'discarded.text': 'Nada dela restou, nem aqui nem em {workspace}.',
  'discarded.again': 'Fazer uma nova gravação',
  'declined.title': 'Sem gravação',
  'declined.heading': 'Tudo bem',
  'declined.text': '{workspace} sabe que você prefere não gravar a tela. Nada foi gravado.',
  'declined.telling':
    'Estamos avisando {workspace} de que você prefere não gravar a tela. Deixe esta página aberta até lá. Nada foi gravado.',
  'declined.back': 'Mudei de ideia',

  'no_room.heading': 'Não há espaço para uma gravação agora',
  'no_room.text':
    'O seu link está certo e funciona até {date}. Abra-o de novo mais tarde, ou avise quem o enviou que o armazenamento de {workspace} está cheio.',
  'no_room.still': 'Ainda não há espaço. Tente de novo mais tarde.',

  'closed.unknown': 'Este link não funciona',
  'closed.unknown_text': 'Talvez falte uma parte. Copie o link inteiro da mensagem ou peça um novo a quem o enviou.',
  'closed.used': 'A sua gravação foi recebida',
  'closed.used_text': 'Não há mais nada a fazer. Você pode fechar esta página.',
  'closed.deleted': 'A sua gravação foi excluída',
  'closed.deleted_text': 'Ela havia chegado e não é mais guardada. Não há mais nada a fazer.',
  'closed.cancelled': 'Não há mais nada para gravar',
  'closed.cancelled_text': 'O pedido foi retirado. Você não precisa fazer nada.',
  'closed.expired': 'Este link é antigo demais',
  'closed.expired_text': 'Para proteger você, os links funcionam só por algum tempo. Peça um novo a quem o enviou.',
  'closed.replaced': 'Há um link mais recente',
  'closed.replaced_text': 'Este foi substituído. Abra o último link que você recebeu.',
  'closed.rate_limited': 'Espere um minuto',
  'closed.rate_limited_text':
    'Chegaram muitos pedidos de uma só vez da sua rede. O seu link provavelmente está certo: abra-o de novo dentro de um minuto.',
  'closed.offline': 'Não há conexão conosco',
  'closed.offline_text': 'Verifique a conexão e tente de novo. Nada se perde.',
  'closed.foreign': 'Outra coisa responde em nosso lugar',
  'closed.foreign_text':
    'Está entre você e nós, como a página de acesso da sua rede ou um filtro. Abra outro site para ver o que ele pede e tente de novo. Nada se perde.',
  'closed.fault': 'Isso não funcionou',
  'closed.fault_text': 'A falha é nossa. Tente de novo daqui a pouco. Nada se perde.',

  'handover.title': 'Continuar num computador',
  'handover.heading': 'Para gravar uma tela é preciso um computador',
  'handover.text': 'Celulares e tablets não deixam uma página da web gravar a tela. Abra este link num computador:',
  'handover.mail': 'Enviar o link por e-mail para mim',
  'handover.mail_subject': 'Link para gravar a minha tela',
  'handover.share': 'Compartilhar o link',
  'handover.copy': 'Copiar o link',
  'handover.copied': 'Copiado',
  'handover.code': 'Mostrar um código para escanear',
  'handover.code_label': 'Código que leva a este link',
  'handover.no_recorder': 'Este navegador não consegue gravar',
  'handover.no_recorder_text': 'Abra este link numa versão atual do Chrome, Edge, Firefox ou Safari:',
  'handover.insecure': 'Esta página não foi aberta com segurança',
  'handover.insecure_text':
    'Navegadores só gravam em páginas cujo endereço começa com https. Peça a {workspace} o link certo.',
  'file.heading': 'Ou envie um vídeo feito por você',
  'file.text': 'Grave a tela com o gravador do seu celular e depois escolha o vídeo aqui.',
  'file.choose': 'Escolher um vídeo',
  'file.agree': 'Ao escolher um vídeo, você concorda com isto.',
  'file.fact': 'Só é enviado o vídeo que você escolhe.',
  'file.saved': 'Seu vídeo é guardado com criptografia enquanto você o confere, para que nada se perca.',
  'file.not_video': 'Isso não é um vídeo. Escolha um num formato como MP4, MOV ou WebM.',
  'file.empty': 'Esse arquivo está vazio: nada foi gravado nele. Escolha outro vídeo.',
  'file.unreadable':
    'Não é possível ler esse arquivo: talvez tenha sido movido ou ainda esteja sendo gravado. Escolha-o de novo, ou outro vídeo.',

  'recovery.title': 'Gravação inacabada',
  'recovery.heading': 'Você tem uma gravação inacabada',
  'recovery.text': 'Você a começou em {date}. Ela está segura neste computador. Assista e decida.',
  'recovery.finish': 'Continuar com ela',
  'recovery.again': 'Apagar e começar de novo',
  'recovery.elsewhere': 'Uma gravação foi começada em outro lugar',
  'recovery.elsewhere_text':
    'Ela foi começada em outra guia, outro navegador ou outro computador. Abra o link lá para terminá-la, ou faça uma nova aqui.',
  'recovery.new': 'Nova gravação',

  'problem.dismissed':
    'Nada foi compartilhado, por isso nada foi gravado. Escolha uma guia, uma janela ou a sua tela e aperte Compartilhar.',
  'problem.blocked_by_system':
    'O seu Mac não permite que este navegador grave a tela. Abra Ajustes do Sistema, Privacidade e Segurança, Gravação de Tela e Áudio do Sistema, ative o navegador e reinicie-o. Depois abra este link de novo.',
  'problem.blocked_by_policy':
    'Este navegador não pode compartilhar a tela, provavelmente por uma regra da sua empresa. Tente outro navegador ou outro computador, ou pergunte ao departamento de TI.',
  'problem.source_busy':
    'O computador não conseguiu abrir o que você escolheu. Feche outros programas que gravam a tela, ou escolha outra coisa.',
  'problem.nothing_to_share':
    'O navegador não encontrou nada que possa compartilhar. Tente outro navegador ou outro computador.',
  'problem.not_now': 'O navegador não conseguiu perguntar agora. Aperte o botão mais uma vez.',
  'problem.too_short': 'Foi curto demais: nada foi gravado. Tente de novo.',
  'problem.nothing_recorded': 'Seu navegador não gravou nada. Tente de novo ou use outro navegador.',
  'problem.crowded':
    'Várias outras gravações começadas com este link ainda estão abertas, por isso outra não pode começar. Descarte as de que não precisa onde foram começadas e tente de novo.',
  'problem.unknown': 'O compartilhamento não começou. Tente de novo ou use outro navegador.',

  'picking.title': 'Escolher o que compartilhar',
  'picking.heading': 'Escolha o que compartilhar',
  'picking.text':
    'O navegador está perguntando agora. Escolha a guia ou a janela com o problema, ou a tela inteira, e aperte Compartilhar.',
  'picking.tip': 'Feche o que não deve ser visto, como e-mails ou mensagens.',
  'picking.cancel': 'Cancelar',
};
