/** What the customer reads from the countdown on, and on the pages where a link can end. */
export const rest = {
  'countdown.title': 'Recording starts',
  'countdown.heading': 'Recording starts in',
  'countdown.spoken': { one: 'Recording starts in {count} second', other: 'Recording starts in {count} seconds' },
  'countdown.then': 'Then go to what you want to show, and come back to this tab to stop.',
  'countdown.cancel': 'Cancel',
  'countdown.key': 'Or press Esc',

  'recording.title': '{time} – recording',
  'recording.title_paused': '{time} – paused',
  'recording.heading': 'Recording',
  'recording.paused': 'Paused',
  'recording.go': 'Now go to what you want to show. Talk as if someone sat beside you.',
  'recording.go_silent':
    'Now go to what you want to show. Your voice is not recorded; you can add a note before you send.',
  'recording.paused_text': 'Nothing is recorded at the moment.',
  'recording.elapsed': 'Recorded so far',
  'recording.left': '{time} left',
  'recording.pause': 'Pause',
  'recording.resume': 'Go on',
  'recording.stop': 'Stop',
  'recording.started': 'Recording has started.',
  'recording.resumed': 'Recording goes on.',
  'recording.ending': { one: 'About {count} minute left.', other: 'About {count} minutes left.' },
  'recording.silent': 'We cannot hear you. Check that the right microphone is chosen and that it is not muted.',
  'recording.unplugged':
    'The microphone is gone. The recording goes on without your voice; you can choose another one here.',
  'recording.without_camera':
    'Your camera picture could not be saved, so your camera is off now. Your screen is recorded without it.',

  'saved.nothing_yet': 'Starting to record…',
  'saved.all': 'Saved',
  'saved.behind': 'Saving, {size} to go',
  'saved.offline': 'No connection to us at the moment. Saved on this computer, and uploaded as soon as there is one',
  'saved.foreign':
    'Something between you and us answers in our place, such as the sign-in page of your network. Saved on this computer, and uploaded as soon as we answer. Another website may show you what it asks of you.',
  'saved.no_room':
    'There is no room for it at {workspace} at the moment. Nothing is lost: it is uploaded as soon as there is room.',
  'saved.refused':
    'Our server does not accept this recording at the moment. Nothing is lost: it is all still here in your browser. Go on recording or stop; Send tries once more, and if that fails you can save a copy.',
  'saved.memory':
    'This browser cannot keep a copy on this computer. Please leave this page open until everything is sent.',

  'finishing.title': 'One moment',
  'finishing.heading': 'One moment',
  'finishing.text': 'Finishing your recording.',

  'review.title': 'Watch and send',
  'review.heading': 'Watch it, then send it',
  'review.lead': 'Nobody else has seen it yet.',
  'review.sharing_ended': 'You stopped sharing, so the recording ended there.',
  'review.time_over': 'The recording reached its longest length and ended there. Everything up to that moment is here.',
  'review.disk_full':
    'The disk of this computer is full, so the recording ended there. Everything up to that moment is here.',
  'review.too_large':
    'The recording is as large as there is room for, so it ended there. Everything up to that moment can be sent.',
  'review.crowded':
    'Several other recordings that were begun with this link lie open, so this one ended there. Discard those you do not need; then it can be sent.',
  'review.link_closed': 'The link was closed while you recorded. Your recording is still on this computer.',
  'review.used':
    'While you recorded, {workspace} received another recording for this link, so this one ended there. It is still on this computer.',
  'review.discarded':
    'This recording was discarded on another page while you recorded, so it ended there. It is still on this computer.',
  'review.recorder_failed': 'Your browser ended the recording. Everything up to that moment is here.',
  'review.recovered': 'This is the recording that you began on {date}.',
  'review.file': 'This is the video you chose.',
  'review.without_camera': 'Your camera picture is missing here, or ends early: it could not be saved.',
  'review.unplayable': 'This browser cannot play the video. You can send it all the same.',
  'player.label': 'Your recording',
  'player.play': 'Play',
  'player.pause': 'Pause',
  'player.position': 'Position',
  'player.of': '{at} of {total}',
  'trim.label': 'Keep only a part',
  'trim.start': 'Beginning',
  'trim.end': 'End',
  'trim.hint': 'What lies outside is cut off for good when you send.',
  'trim.kept': '{time} of {total} will be kept',
  'trim.all': 'Keep everything',
  'note.label': 'Add a note (optional)',
  'note.hint': 'For instance what you expected to happen.',
  'review.send': 'Send to {workspace}',
  'review.again': 'Record again',
  'review.another_file': 'Choose another video',
  'review.discard': 'Discard',
  'review.save_copy': 'Save a copy on this computer',
  'discard.heading': 'Discard this recording?',
  'discard.text': 'It is deleted at once, here and at {workspace}. This cannot be undone.',
  'discard.yes': 'Discard',
  'again.heading': 'Record again?',
  'again.text': 'The recording you just made is deleted first. This cannot be undone.',
  'again.yes': 'Delete and record again',
  'confirm.keep': 'Keep it',
  'deleting.title': 'Deleting',
  'deleting.heading': 'Deleting your recording',
  'deleting.offline':
    'No connection to us at the moment. It is deleted here and with us as soon as there is one; please leave this page open.',
  'deleting.foreign':
    'Something between you and us answers in our place, such as the sign-in page of your network or a filter. It is deleted here and with us as soon as we answer; please leave this page open. Another website may show you what it asks of you.',
  'deleting.handed_over':
    'This recording has already been handed over to {workspace}, so it cannot be deleted from here. Ask the person at {workspace} who sent you the link to delete it.',
  'deleting.not_deleted': 'This could not be deleted. Please try again. If it fails once more, tell {workspace}.',
  'send.kept_already':
    'Nobody came back to this recording for a while, so it has already been handed over to {workspace} as it was: nothing was cut off, and no note was added. If something in it should be removed, ask the person at {workspace} who sent you the link.',
  'send.another_received':
    '{workspace} has already received another recording for this link, so this one was not sent. If they should see it, ask them for a new link. You can save a copy of your recording first.',
  'send.link_closed':
    'The link is no longer open, so this could not be sent. Ask {workspace} for a new one. You can save a copy of your recording first.',
  'send.crowded':
    'This could not be sent yet: several other recordings that were begun with this link lie open. Discard those you do not need where they were begun, then press Send once more.',
  'send.too_large':
    'This is larger than {workspace} can take at the moment. Send a shorter or smaller video, or tell {workspace}.',
  'send.unreadable':
    'This video cannot be read any more: it was moved, changed or deleted after you chose it. Choose it once more.',
  'send.mismatch': 'What arrived is not what you recorded. Press Send once more: everything is uploaded again.',
  'send.refused': 'This could not be sent. Please try again. If it fails once more, save a copy and tell {workspace}.',

  'sending.title': 'Sending',
  'sending.heading': 'Sending your recording',
  'sending.stay': 'Please keep this page open.',
  'sending.progress': 'Sent so far',
  'sending.left': '{size} to go',
  'sending.offline': 'No connection to us at the moment. Sending goes on as soon as there is one. Nothing is lost.',
  'sending.foreign':
    'Something between you and us answers in our place, such as the sign-in page of your network or a filter. Nothing is lost: sending goes on as soon as we answer. Open another website to see what it asks of you, or try another network.',
  'sending.no_room':
    'There is no room for it at {workspace} at the moment. Sending goes on as soon as there is. Nothing is lost.',

  'done.title': 'Received',
  'done.heading': 'Thank you. {workspace} has received your recording',
  'done.next_agent': '{agent} will watch it and answer you in the usual way.',
  'done.next': 'Someone will watch it and answer you in the usual way.',
  'done.reference': 'Reference',
  'done.received': 'Received',
  'done.deleted': 'Deleted on',
  'done.receipt': 'This link stays your receipt: open it again whenever you like.',
  'done.copy': 'Copy receipt link',
  'done.copied': 'Copied',
  'done.close': 'You can close this page.',

  'discarded.title': 'Discarded',
  'discarded.heading': 'Your recording is deleted',
  'discarded.text': 'Nothing of it is left, neither here nor at {workspace}.',
  'discarded.again': 'Make a new recording',
  'declined.title': 'No recording',
  'declined.heading': 'That is fine',
  'declined.text': '{workspace} has been told that you would rather not record your screen. Nothing was recorded.',
  'declined.telling':
    '{workspace} is being told that you would rather not record your screen. Please leave this page open until then. Nothing was recorded.',
  'declined.back': 'I have changed my mind',

  'no_room.heading': 'There is no room for a recording just now',
  'no_room.text':
    'Your link is fine and works until {date}. Open it again later, or tell the person who sent it that the storage of {workspace} is full.',
  'no_room.still': 'There is still no room. Please try again later.',

  'closed.unknown': 'This link does not work',
  'closed.unknown_text':
    'Perhaps a part of it is missing. Copy the whole link from the message, or ask the person who sent it for a new one.',
  'closed.used': 'Your recording has been received',
  'closed.used_text': 'There is nothing more to do. You can close this page.',
  'closed.deleted': 'Your recording has been deleted',
  'closed.deleted_text': 'It had arrived, and is no longer kept. There is nothing more to do.',
  'closed.cancelled': 'Nothing to record any more',
  'closed.cancelled_text': 'The person who asked has withdrawn the request. You do not need to do anything.',
  'closed.expired': 'This link is too old',
  'closed.expired_text': 'Links work only for a while, to protect you. Ask the person who sent it for a new one.',
  'closed.replaced': 'There is a newer link',
  'closed.replaced_text': 'This one was replaced. Open the link that you were sent last.',
  'closed.rate_limited': 'Please wait a minute',
  'closed.rate_limited_text':
    'Very much was asked for from your network at once. Your link may well be right: open it again in a minute.',
  'closed.offline': 'No connection to us',
  'closed.offline_text': 'Check your connection, then try again. Nothing is lost.',
  'closed.foreign': 'Something else answers in our place',
  'closed.foreign_text':
    'It stands between you and us, such as the sign-in page of your network or a filter. Open another website to see what it asks of you, then try again. Nothing is lost.',
  'closed.fault': 'That did not work',
  'closed.fault_text': 'The fault is on our side. Please try again in a moment. Nothing is lost.',

  'handover.title': 'Continue on a computer',
  'handover.heading': 'Recording a screen needs a computer',
  'handover.text': 'Phones and tablets do not let a web page record the screen. Open this link on a computer:',
  'handover.mail': 'Mail me the link',
  'handover.mail_subject': 'Link for recording my screen',
  'handover.share': 'Share the link',
  'handover.copy': 'Copy the link',
  'handover.copied': 'Copied',
  'handover.code': 'Show a code to scan',
  'handover.code_label': 'Code that leads to this link',
  'handover.no_recorder': 'This browser cannot record',
  'handover.no_recorder_text': 'Open this link in a current Chrome, Edge, Firefox or Safari:',
  'handover.insecure': 'This page is not opened safely',
  'handover.insecure_text':
    'Browsers record only on pages whose address begins with https. Ask {workspace} for the right link.',
  'file.heading': 'Or send a video you have made yourself',
  'file.text': 'Record the screen with your phone’s own screen recorder, then choose the video here.',
  'file.choose': 'Choose a video',
  'file.agree': 'By choosing a video you agree to this.',
  'file.fact': 'Only the video that you choose is uploaded.',
  'file.saved': 'Your video is saved in encrypted form while you look it over, so that nothing gets lost.',
  'file.not_video': 'That is not a video. Choose one in a format such as MP4, MOV or WebM.',
  'file.empty': 'That file is empty: nothing was recorded in it. Choose another video.',
  'file.unreadable':
    'That file cannot be read: perhaps it was moved, or is still being written. Choose it again, or another one.',

  'recovery.title': 'Unfinished recording',
  'recovery.heading': 'You have an unfinished recording',
  'recovery.text': 'You began it on {date}. It is safe on this computer. Watch it and decide.',
  'recovery.finish': 'Continue with it',
  'recovery.again': 'Delete it and start again',
  'recovery.elsewhere': 'A recording was begun elsewhere',
  'recovery.elsewhere_text':
    'It was begun in another tab, browser or computer. Open the link there to finish it, or make a new recording here.',
  'recovery.new': 'New recording',

  'problem.dismissed':
    'Nothing was shared, so nothing was recorded. Choose a tab, a window or your screen, then press Share.',
  'problem.blocked_by_system':
    'Your Mac does not let this browser record the screen. Open System Settings, Privacy & Security, Screen & System Audio Recording, switch your browser on and restart it. Then open this link again.',
  'problem.blocked_by_policy':
    'This browser is not allowed to share the screen, probably by a rule of your company. Try another browser or another computer, or ask your IT department.',
  'problem.source_busy':
    'Your computer could not open what you chose. Close other programs that record the screen, or choose something else.',
  'problem.nothing_to_share': 'Your browser found nothing that it can share. Try another browser or another computer.',
  'problem.not_now': 'Your browser could not ask just now. Press the button once more.',
  'problem.too_short': 'That was too short: nothing was recorded. Please try again.',
  'problem.nothing_recorded': 'Your browser recorded nothing. Please try again, or use another browser.',
  'problem.crowded':
    'Several other recordings that were begun with this link lie open, so another one cannot begin. Discard those you do not need where they were begun, then try again.',
  'problem.unknown': 'Sharing did not start. Please try again, or use another browser.',

  'picking.title': 'Choose what to share',
  'picking.heading': 'Choose what to share',
  'picking.text':
    'Your browser is asking now. Choose the tab or window with the problem, or your whole screen, and press Share.',
  'picking.tip': 'Close what should not be seen, such as mail or messages.',
  'picking.cancel': 'Cancel',
} as const;
