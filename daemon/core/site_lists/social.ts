/** Social networks, forums of everything, and chats that are mostly read for fun. */
export const SOCIAL = `
facebook.com  m mbasic touch web l en-gb de-de fr-fr es-es business upload lookaside  fb.com m.fb.com fb.me fb.watch fb.gg
messenger.com  m
instagram.com  m i about help l business graph  ig.me instagr.am
threads.net  i  threads.com
twitter.com  mobile m api about pro tweetdeck syndication platform  x.com mobile.x.com m.x.com api.x.com pro.x.com t.co
reddit.com  old new m i sh np amp api oauth gateway chat mod out ssl  redd.it i.redd.it v.redd.it preview.redd.it external-preview.redd.it
tiktok.com  m vm vt t us ads api seller lite
snapchat.com  web m story accounts app map
pinterest.com  m i br de fr es it jp kr in au uk pt ar cl co nl  pin.it pinterest.co.uk pinterest.de pinterest.fr pinterest.es pinterest.it pinterest.ca pinterest.com.au pinterest.jp pinterest.at pinterest.ch pinterest.se pinterest.dk pinterest.pt pinterest.com.mx
linkedin.com  m de fr es uk in  lnkd.in
tumblr.com  m api assets  tmblr.co
discord.com  canary ptb media  discord.gg discordapp.com ptb.discordapp.com canary.discordapp.com dis.gd
telegram.org  web webk webz  t.me telegram.me telegram.dog
web.whatsapp.com
vk.com  m new login oauth  vk.ru m.vk.ru vkontakte.ru
ok.ru  m  odnoklassniki.ru
weibo.com  m s d e  weibo.cn m.weibo.cn
quora.com  m de fr es it  qr.ae
bsky.app  m  bsky.social
mastodon.social
mastodon.online
mstdn.social
truthsocial.com
gab.com
minds.com
gettr.com
parler.com
clubhouse.com
bereal.com
lemon8-app.com
9gag.com  m  9gag.tv
imgur.com  m i s  imgur.io m.imgur.io
4chan.org  boards  4channel.org boards.4channel.org a.4cdn.org
8kun.top
knowyourmeme.com
ifunny.co
memedroid.com
boredpanda.com
buzzfeed.com  m
cheezburger.com
fark.com
digg.com
slashdot.org  m news it tech
lobste.rs
lemmy.world  old m
kbin.social
stocktwits.com
nextdoor.com  m  nextdoor.co.uk nextdoor.de
meetup.com
omegle.com
chatroulette.com
tinder.com  m  gotinder.com
bumble.com
hinge.co
okcupid.com  m
badoo.com  m
pof.com  m
grindr.com  web
xing.com
line.me
kakao.com  story
zalo.me  chat
wattpad.com  m
deviantart.com  m  sta.sh
livejournal.com  m
myspace.com  m
skyrock.com
hi5.com  m
tagged.com  m
ask.fm  m
curiouscat.live
ello.co
steemit.com
gutefrage.net  m
jodel.com
`;
