/** Games in the browser, shops and portals of games, chess and betting among them. */
export const GAMES = `
steampowered.com  store help api partner
steamcommunity.com  m
epicgames.com  store launcher dev
gog.com  m
origin.com  ea.com
ubisoft.com  store  ubi.com
battle.net  eu.battle.net us.battle.net account.battle.net shop.battle.net eu.shop.battle.net us.shop.battle.net
blizzard.com  eu us news
playstation.com  store my
xbox.com  account marketplace
nintendo.com  store  nintendo.de nintendo.co.uk nintendo.fr nintendo.co.jp
roblox.com  web m create auth
minecraft.net  classic
mojang.com
fortnite.com
leagueoflegends.com  na euw eune play  op.gg
riotgames.com  auth
playvalorant.com
dota2.com
counter-strike.net
hltv.org
warframe.com
pathofexile.com
guildwars2.com
worldofwarcraft.com  worldofwarcraft.blizzard.com wowhead.com
worldoftanks.com  worldoftanks.eu worldofwarships.com worldofwarships.eu wargaming.net
runescape.com  oldschool play secure m  jagex.com
eveonline.com
elderscrollsonline.com
finalfantasyxiv.com
genshin.hoyoverse.com  hoyolab.com hoyoverse.com
callofduty.com
rockstargames.com  socialclub
itch.io
gamejolt.com
kongregate.com  m
newgrounds.com  m
armorgames.com
miniclip.com  m
crazygames.com  crazygames.fr crazygames.de
poki.com  poki.de poki.fr poki.nl m.poki.com
addictinggames.com
coolmathgames.com  m  coolmath-games.com
y8.com  de fr es it
friv.com
kizi.com
agame.com
gamesgames.com
pogo.com  m
bigfishgames.com
king.com
zynga.com
iogames.space
agar.io
slither.io
diep.io
krunker.io
shellshock.io
surviv.io
skribbl.io
gartic.io  garticphone.com
wordleunlimited.org
lichess.org  m
chess.com  m
chess24.com
chesstempo.com
boardgamearena.com  en de fr es
travian.com  travian.de
tribalwars.net  die-staemme.de
ogame.org  lobby.ogame.gameforge.com
gameforge.com
grepolis.com
forgeofempires.com
goodgamestudios.com
neopets.com
habbo.com  habbo.de habbo.fr habbo.es
clubpenguin.com
geoguessr.com
sporcle.com
jetpunk.com
lumosity.com
setgame.com
websudoku.com  sudoku.com
solitaire.org  solitr.com
2048game.com  play2048.co
cookieclicker.com  orteil.dashnet.org
freegames.org
spielaffe.de
jetztspielen.de
spielen.de
1001spiele.de
jeux.fr  jeux.com
juegos.com
minijuegos.com
1001games.com
spele.nl  spelletjes.nl
gry.pl
twitchcon.com
ign.com  m uk
gamespot.com  m
kotaku.com
polygon.com
pcgamer.com
eurogamer.net  eurogamer.de
rockpapershotgun.com
gamesradar.com
gamefaqs.gamespot.com
nexusmods.com
speedrun.com
howlongtobeat.com
gamestar.de
4players.de
play.geforcenow.com
stadia.google.com
boosteroid.com
pokerstars.com  pokerstars.eu
bet365.com  m
bwin.com  m
williamhill.com
draftkings.com
fanduel.com
888casino.com
tipico.com  tipico.de
betfair.com
`;
