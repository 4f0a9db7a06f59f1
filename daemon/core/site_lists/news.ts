/** Newspapers, portals and aggregators. */
export const NEWS = `
news.google.com
news.yahoo.com  uk.news.yahoo.com de.nachrichten.yahoo.com
news.ycombinator.com  hn.algolia.com hckrnews.com
msn.com  m
cnn.com  m edition us lite amp money arabic cnnespanol
bbc.com  m feeds  bbc.co.uk m.bbc.co.uk news.bbc.co.uk
foxnews.com  m  foxbusiness.com
nytimes.com  m mobile international cooking cn  nyti.ms
washingtonpost.com  m live
theguardian.com  m amp  guardian.co.uk
wsj.com  m blogs online  marketwatch.com
usatoday.com  m eu
nbcnews.com  m
cbsnews.com  m
abcnews.go.com
msnbc.com
npr.org  m text
apnews.com
reuters.com  m mobile uk
bloomberg.com  m
cnbc.com  m
ft.com  m app
economist.com  m
forbes.com  m
businessinsider.com  m  insider.com
huffpost.com  m  huffingtonpost.com huffingtonpost.co.uk
vox.com
politico.com  m  politico.eu
thehill.com
axios.com
slate.com
salon.com
theatlantic.com
newyorker.com
time.com
newsweek.com
vice.com
thedailybeast.com
breitbart.com
drudgereport.com
nypost.com  m  pagesix.com
nydailynews.com
latimes.com
chicagotribune.com
sfgate.com
dailymail.co.uk  m  mailonline.com
thesun.co.uk  m  the-sun.com
mirror.co.uk  m
express.co.uk
independent.co.uk  m
telegraph.co.uk  m
thetimes.co.uk  m  thetimes.com
standard.co.uk
metro.co.uk
sky.news  news.sky.com
spiegel.de  m
bild.de  m
zeit.de  m
faz.net  m
sueddeutsche.de  m  sz.de
welt.de  m
focus.de  m
stern.de  m
n-tv.de  m
t-online.de  m
tagesschau.de  m
heise.de  m
golem.de
taz.de  m
derstandard.at  m  derstandard.de
orf.at  news m
krone.at
nzz.ch  m
20min.ch  m
blick.ch  m
lemonde.fr  m mobile
lefigaro.fr  m
liberation.fr
20minutes.fr
bfmtv.com
francetvinfo.fr
lesechos.fr
elpais.com  m
elmundo.es  m
abc.es
marca.com  m
as.com  m
lavanguardia.com
20minutos.es
repubblica.it  m
corriere.it  m
lastampa.it
ansa.it
gazzetta.it  m
nu.nl  m
nos.nl
telegraaf.nl
vrt.be
hln.be
publico.pt
observador.pt
onet.pl  m
wp.pl  m
gazeta.pl
aftonbladet.se  m
expressen.se
dn.se
vg.no
dagbladet.no
ekstrabladet.dk
iltalehti.fi
is.fi
lenta.ru  m
rbc.ru  m
ria.ru  m
gazeta.ru  m
dzen.ru  m
hurriyet.com.tr
milliyet.com.tr
aljazeera.com  m
timesofindia.indiatimes.com  m.timesofindia.com timesofindia.com
hindustantimes.com  m
ndtv.com  m
thehindu.com
scmp.com
globo.com  g1 m ge
uol.com.br  m
folha.uol.com.br
clarin.com
infobae.com
smh.com.au
news.com.au  m
abc.net.au
cbc.ca  m
theglobeandmail.com
techcrunch.com  m
theverge.com  m
engadget.com  m
wired.com  m
arstechnica.com
gizmodo.com
mashable.com
cnet.com  m
zdnet.com
9to5mac.com
macrumors.com  forums
tmz.com  m
people.com
eonline.com
espncricinfo.com  m
skysports.com  m
goal.com  m
bleacherreport.com
kicker.de  m
transfermarkt.com  transfermarkt.de transfermarkt.co.uk
flipboard.com
smartnews.com
feedly.com
allsides.com
ground.news
`;
