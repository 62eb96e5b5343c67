import type { LabelledText } from '../classify';

// What urgency and sentiment are learnt from until people have sorted requests of their own. One sentence between bars.
const urgent = [
  'This is urgent, please help immediately|Our whole office is down and nobody can work|We cannot take any orders, production has stopped|I need an answer right now|Emergency: the system is not working at all|My account has been hacked|Money was taken from my card without my permission|The device is smoking and smells burnt|The event starts in one hour and nothing works|Please call me back as soon as possible, it is critical|All our customers are affected|We are losing money every minute|Deadline today, still no reply, please hurry|Stop the payment at once, it is fraud|Security breach, someone logged in to my account|Water is leaking from the machine, what do I do now',
  '긴급합니다 지금 바로 도와주세요|시스템이 전부 멈춰서 일을 할 수 없습니다|계정이 해킹당했어요|카드에서 모르는 돈이 빠져나갔습니다|오늘 안에 꼭 해결해야 합니다|빨리 전화 주세요 급해요|기계에서 연기가 나요|모든 고객이 접속할 수 없습니다|지금 당장 결제를 막아 주세요|서비스 장애입니다 즉시 확인 바랍니다',
  '紧急，请马上处理|系统全部瘫痪，无法工作|我的账号被盗了|我的卡被盗刷了，请立即冻结|今天必须解决，非常着急|请尽快给我回电话|机器冒烟了怎么办|所有客户都无法登录|立刻停止付款，这是诈骗|生产停了，每分钟都在损失',
  '緊急です、今すぐ対応してください|システムが完全に止まって仕事ができません|アカウントが乗っ取られました|カードが不正に使われました|今日中に必要です、急いでください|至急お電話ください|機械から煙が出ています|すべてのお客様に影響が出ています|すぐに支払いを止めてください|大至急確認をお願いします',
  'Dringend, bitte sofort helfen|Unser ganzes Büro steht still|Mein Konto wurde gehackt|Es wurde ohne meine Erlaubnis Geld abgebucht|Das Gerät raucht und riecht verbrannt|Ich brauche heute noch eine Lösung|Bitte rufen Sie mich umgehend zurück|Notfall, nichts funktioniert mehr|Alle Kunden sind betroffen|Stoppen Sie die Zahlung sofort, das ist Betrug',
  'Es urgente, necesito ayuda inmediatamente|No podemos trabajar, todo el sistema está caído|Han hackeado mi cuenta|Me han cobrado sin mi permiso|El aparato echa humo|Lo necesito hoy mismo, por favor dense prisa|Llámenme lo antes posible|Emergencia, nada funciona|Todos los clientes están afectados|Detengan el pago ahora, es un fraude',
  'C\'est urgent, aidez-moi immédiatement|Tout notre bureau est bloqué|Mon compte a été piraté|On a débité ma carte sans mon accord|L\'appareil fume et sent le brûlé|Il me faut une solution aujourd\'hui|Rappelez-moi dès que possible|Urgence, plus rien ne marche|Tous nos clients sont touchés|Arrêtez le paiement tout de suite, c\'est une fraude',
  'É urgente, preciso de ajuda imediatamente|Ninguém consegue trabalhar, o sistema está parado|A minha conta foi invadida|Cobraram o meu cartão sem autorização|O aparelho está a deitar fumo|Preciso disto ainda hoje, por favor depressa|Liguem-me o mais rápido possível|Emergência, nada funciona|Todos os clientes estão afetados|Parem o pagamento já, é fraude',
];
const normal = [
  'My order has not arrived yet|I cannot log in to my account|The app shows an error when I open it|How do I change my delivery address|I would like to return an item|The lamp does not react|My invoice shows the wrong amount|I forgot my password|Please cancel my subscription|The discount code is not accepted|I have not received the confirmation mail|How can I connect the device to the network|The printer does not print|Where is my parcel|Can I change my plan|I was charged twice',
  '주문한 상품이 아직 안 왔어요|로그인이 안 됩니다|배송지를 바꾸고 싶어요|반품하고 싶습니다|비밀번호를 잊어버렸어요|청구서 금액이 잘못됐어요|앱에서 오류가 나요|할인 코드가 적용되지 않아요|구독을 취소해 주세요|기기를 어떻게 연결하나요',
  '我的订单还没有到|我无法登录|怎么修改收货地址|我想退货|我忘记密码了|发票金额不对|打开应用时出现错误|优惠码不能用|请取消我的订阅|如何连接设备',
  '注文した商品がまだ届きません|ログインできません|配送先を変更したいです|返品したいです|パスワードを忘れました|請求書の金額が違います|アプリでエラーが出ます|割引コードが使えません|定期購入を解約してください|機器の接続方法を教えてください',
  'Meine Bestellung ist noch nicht da|Ich kann mich nicht anmelden|Wie ändere ich meine Lieferadresse|Ich möchte einen Artikel zurückgeben|Ich habe mein Passwort vergessen|Der Betrag auf der Rechnung stimmt nicht|Die App zeigt einen Fehler|Der Gutschein wird nicht angenommen|Bitte kündigen Sie mein Abonnement|Wie verbinde ich das Gerät',
  'Mi pedido no ha llegado|No puedo iniciar sesión|Cómo cambio la dirección de entrega|Quiero devolver un artículo|He olvidado mi contraseña|El importe de la factura no es correcto|La aplicación muestra un error|El código de descuento no funciona|Cancelen mi suscripción por favor|Cómo conecto el aparato',
  'Ma commande n\'est pas arrivée|Je n\'arrive pas à me connecter|Comment changer mon adresse de livraison|Je voudrais retourner un article|J\'ai oublié mon mot de passe|Le montant de la facture est faux|L\'application affiche une erreur|Le code de réduction n\'est pas accepté|Merci de résilier mon abonnement|Comment connecter l\'appareil',
  'A minha encomenda ainda não chegou|Não consigo entrar na conta|Como mudo o endereço de entrega|Quero devolver um artigo|Esqueci a minha palavra-passe|O valor da fatura está errado|A aplicação mostra um erro|O código de desconto não funciona|Cancelem a minha assinatura|Como ligo o aparelho',
];
const low = [
  'Just a question, no hurry|When you have time, could you tell me|I have a suggestion for a new feature|It would be nice if the app had a dark mode|Thank you, that solved it|Please send me your newsletter|Do you also have this in blue|I am only curious how it works|Feedback about your website|Whenever it suits you|I would like to know your opening hours|Not important, but there is a typo on your page',
  '급하지 않은 질문이에요|시간 되실 때 알려 주세요|새 기능을 제안하고 싶어요|감사합니다 해결됐어요|그냥 궁금해서 여쭤봅니다|웹사이트에 대한 의견입니다|영업시간을 알고 싶어요|뉴스레터를 받고 싶어요',
  '不着急，只是问一下|有空的时候告诉我就行|我有一个新功能的建议|谢谢，已经解决了|只是好奇怎么用|对网站的一点意见|想了解一下营业时间|请给我发新闻邮件',
  '急ぎではありませんが質問です|お時間のあるときに教えてください|新機能の提案があります|ありがとうございます、解決しました|ちょっと気になっただけです|サイトへの意見です|営業時間を知りたいです|ニュースレターを送ってください',
  'Nur eine Frage, eilt nicht|Wenn Sie mal Zeit haben|Ich hätte einen Vorschlag für eine neue Funktion|Danke, das hat geholfen|Ich bin nur neugierig|Eine Rückmeldung zu Ihrer Webseite|Wie sind Ihre Öffnungszeiten|Bitte senden Sie mir den Newsletter',
  'Solo una pregunta, sin prisa|Cuando tengan tiempo|Tengo una sugerencia para una función nueva|Gracias, ya está resuelto|Es solo curiosidad|Un comentario sobre su web|Me gustaría saber el horario|Envíenme el boletín',
  'Juste une question, rien de pressé|Quand vous aurez le temps|J\'ai une idée de nouvelle fonction|Merci, c\'est réglé|Simple curiosité|Un avis sur votre site|Quels sont vos horaires|Envoyez-moi votre lettre d\'information',
  'Só uma pergunta, sem pressa|Quando tiverem tempo|Tenho uma sugestão para uma nova função|Obrigado, já está resolvido|É só curiosidade|Uma opinião sobre o vosso site|Gostava de saber o horário|Enviem-me a newsletter',
];
const negative = [
  'This is unacceptable, I am very angry|Worst service I have ever had|I am really disappointed|You promised a call and nobody called, this is ridiculous|I want my money back, this is a scam|I am fed up with waiting|Terrible, it is broken again|Nobody answers, what a joke|I will never buy from you again|Your support is useless|This is the third time I complain|I am furious|Horrible experience, I will leave a bad review|Why does nothing ever work|I hate this product|It is a shame how you treat customers',
  '정말 화가 납니다|최악의 서비스예요|너무 실망했어요|또 고장 났어요 진짜 짜증나요|환불해 주세요 사기 아닌가요|아무도 답을 안 해요|다시는 안 살 거예요|벌써 세 번째 항의입니다|이게 말이 됩니까|형편없네요',
  '太让人生气了|最差的服务|我非常失望|又坏了，烦死了|退钱，这是骗人的|没有人回复，太过分了|再也不会买了|这是我第三次投诉|简直不能接受|垃圾产品',
  '本当に腹が立ちます|最悪のサービスです|とてもがっかりしました|また壊れました、うんざりです|返金してください、詐欺ですか|誰も返事をくれません、ひどいです|二度と買いません|苦情はこれで三回目です|ありえない対応です|不満です',
  'Das ist eine Frechheit, ich bin wütend|Der schlechteste Service aller Zeiten|Ich bin sehr enttäuscht|Schon wieder kaputt, ich habe genug|Ich will mein Geld zurück, das ist Betrug|Niemand antwortet, unglaublich|Nie wieder kaufe ich bei Ihnen|Das ist meine dritte Beschwerde|Unverschämt|Furchtbare Erfahrung',
  'Es inaceptable, estoy muy enfadado|El peor servicio de mi vida|Estoy muy decepcionado|Otra vez roto, estoy harto|Quiero mi dinero, es una estafa|Nadie contesta, qué vergüenza|No volveré a comprar|Es la tercera vez que me quejo|Una experiencia horrible|Qué mal servicio',
  'C\'est inadmissible, je suis furieux|Le pire service de ma vie|Je suis très déçu|Encore en panne, j\'en ai assez|Remboursez-moi, c\'est une arnaque|Personne ne répond, c\'est honteux|Je n\'achèterai plus jamais chez vous|C\'est ma troisième réclamation|Expérience horrible|Quel mauvais service',
  'É inaceitável, estou furioso|O pior serviço de sempre|Estou muito desiludido|Avariou outra vez, estou farto|Quero o meu dinheiro, é uma burla|Ninguém responde, que vergonha|Nunca mais compro aqui|É a terceira vez que reclamo|Experiência horrível|Que mau serviço',
];
const positive = [
  'Thank you so much, great help|Excellent service, I am very happy|I love the new version|You were wonderful, everything works now|Perfect, thanks a lot|Really appreciate your quick answer|Best support ever|Great product, keep it up|I am very pleased with my order|That was fast, thank you|Awesome, it works|Your agent was so kind and patient',
  '정말 감사합니다 큰 도움이 됐어요|최고의 서비스예요|아주 만족합니다|친절한 상담 고마워요|완벽해요 잘 됩니다|빠른 답변 감사해요|새 버전이 너무 좋아요|훌륭한 제품이에요',
  '非常感谢，帮了大忙|服务太好了|我很满意|谢谢你们的耐心|完美，可以用了|回复很快，谢谢|我很喜欢新版本|产品很棒',
  '本当にありがとうございます、助かりました|素晴らしいサービスです|とても満足しています|親切な対応に感謝します|完璧です、動きました|早い返信をありがとうございます|新しいバージョンが大好きです|良い製品です',
  'Vielen Dank, das hat sehr geholfen|Ausgezeichneter Service|Ich bin sehr zufrieden|Danke für Ihre Geduld|Perfekt, es läuft|Danke für die schnelle Antwort|Die neue Version gefällt mir sehr|Tolles Produkt',
  'Muchas gracias, ha sido de gran ayuda|Excelente servicio|Estoy muy contento|Gracias por su paciencia|Perfecto, ya funciona|Gracias por responder tan rápido|Me encanta la nueva versión|Un producto estupendo',
  'Merci beaucoup, vous m\'avez bien aidé|Excellent service|Je suis très content|Merci pour votre patience|Parfait, ça marche|Merci pour la réponse rapide|J\'adore la nouvelle version|Un produit formidable',
  'Muito obrigado, foi uma grande ajuda|Excelente serviço|Estou muito contente|Obrigado pela paciência|Perfeito, já funciona|Obrigado pela resposta rápida|Adoro a nova versão|Um produto ótimo',
];

const rowsOf = (label: string, texts: readonly string[]): LabelledText[] => texts.flatMap((each) => each.split('|')).map((text) => ({ text, label }));

/** How much a request hurries: urgent, normal, low. */
export const urgencySeeds: readonly LabelledText[] = [...rowsOf('urgent', urgent), ...rowsOf('normal', normal), ...rowsOf('low', low)];
/** How the writer feels: negative, neutral, positive. Plain questions are neutral. */
export const sentimentSeeds: readonly LabelledText[] = [...rowsOf('negative', negative), ...rowsOf('neutral', normal), ...rowsOf('positive', positive)];
