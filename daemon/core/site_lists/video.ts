/** Films, series, clips and live streams. */
export const VIDEO = `
youtube.com  m music gaming studio tv kids consent accounts gdata  youtu.be youtube-nocookie.com youtubekids.com yt.be youtubei.googleapis.com youtube.googleapis.com youtube.de youtube.fr youtube.co.uk youtube.es youtube.it youtube.ca youtube.in youtube.jp youtube.nl youtube.pl
netflix.com  m api help assets ichnaea  nflx.it fast.netflix.com
primevideo.com  app
disneyplus.com  m  disney-plus.net starplus.com
hulu.com  m secure auth play help
max.com  play auth  hbomax.com play.hbomax.com hbogo.com hbonow.com
hbo.com  play
peacocktv.com
paramountplus.com  m
tv.apple.com
twitch.tv  m clips go dashboard player gql api embed id
kick.com  m
vimeo.com  player m api ott live
dailymotion.com  m api geo touch  dai.ly
rumble.com  m
odysee.com  m  lbry.tv
bilibili.com  m live space t bangumi api  bilibili.tv b23.tv
nicovideo.jp  live sp seiga  nico.ms
iq.com  m  iqiyi.com m.iqiyi.com
youku.com  m v
v.qq.com  m.v.qq.com
crunchyroll.com  beta m store
funimation.com
hidive.com
9anime.to
gogoanime.io
aniwatch.to
animepahe.ru
myanimelist.net  m
pluto.tv
tubitv.com  m
plex.tv  app watch
crackle.com
sling.com  watch
fubo.tv
roku.com  therokuchannel.roku.com
vudu.com
discoveryplus.com
espn.com  watch plus m
dazn.com
eurosport.com
mubi.com
curiositystream.com
shudder.com
britbox.com
itv.com  hub
channel4.com
all4.com
joyn.de
rtlplus.de  plus.rtl.de  rtlplus.com
zattoo.com
waipu.tv
ardmediathek.de
wow.sky.de
sky.com  go
nowtv.com
canalplus.com  m
molotov.tv
m6.fr  6play.fr
tf1.fr
arte.tv
raiplay.it
mediasetinfinity.mediaset.it
viaplay.com
globoplay.globo.com
hotstar.com  m
jiocinema.com
sonyliv.com
zee5.com
mxplayer.in
viki.com
wetv.vip
kinopoisk.ru  hd m
ivi.ru
okko.tv
rutube.ru  m
123movies.net
fmovies.to
putlocker.pe
soap2day.rs
popcorntime.app
streamable.com
coub.com
gfycat.com
giphy.com  m media
tenor.com
liveleak.com
metacafe.com
veoh.com
trovo.live
dlive.tv
nebula.tv  nebula.app
dropout.tv
roosterteeth.com
letterboxd.com
imdb.com  m
rottentomatoes.com
trakt.tv
justwatch.com
`;
