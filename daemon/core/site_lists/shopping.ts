/** Shops, marketplaces, auctions and bargain hunting. */
export const SHOPPING = `
amazon.com  m smile  amzn.to amzn.com a.co
amazon.de  m smile  amzn.eu
amazon.co.uk  m smile
amazon.fr  m
amazon.it  m
amazon.es  m
amazon.nl
amazon.pl
amazon.se
amazon.com.be
amazon.ca  m
amazon.in  m
amazon.co.jp  m
amazon.com.au
amazon.com.br
amazon.com.mx
ebay.com  m my signin  ebay.us
ebay.de  m my  ebay-kleinanzeigen.de
ebay.co.uk  m my
ebay.fr  m
ebay.it  m
ebay.es  m
ebay.com.au  m
ebay.ca  m
kleinanzeigen.de  m
aliexpress.com  m best de es fr it pt ru nl  aliexpress.us aliexpress.ru s.click.aliexpress.com
alibaba.com  m
taobao.com  m world
tmall.com
jd.com  m
temu.com  m
shein.com  m us de fr es it uk  shein.co.uk
wish.com  m
banggood.com  m
gearbest.com
dhgate.com  m
etsy.com  m  etsy.me
walmart.com  m
target.com  m
bestbuy.com  m
costco.com  m
kohls.com
macys.com  m
nordstrom.com  m
sephora.com  m  sephora.fr sephora.de
ulta.com
wayfair.com  m  wayfair.co.uk wayfair.de
homedepot.com  m
lowes.com
overstock.com
newegg.com  m
zappos.com  m
chewy.com
qvc.com  m  qvc.de
hsn.com
groupon.com  m  groupon.de groupon.co.uk groupon.fr
craigslist.org
offerup.com
mercari.com
poshmark.com
depop.com
vinted.com  vinted.de vinted.fr vinted.co.uk vinted.es vinted.it vinted.nl vinted.pl
stockx.com
goat.com
farfetch.com
net-a-porter.com
asos.com  m
zalando.com  zalando.de zalando.fr zalando.it zalando.es zalando.nl zalando.co.uk zalando.at zalando.ch zalando.pl
aboutyou.com  aboutyou.de aboutyou.at
otto.de  m
breuninger.com
hm.com  www2 m
zara.com  m
uniqlo.com
mango.com  shop
bershka.com
pullandbear.com
nike.com  m  nike.de
adidas.com  m  adidas.de adidas.co.uk
decathlon.com  decathlon.de decathlon.fr decathlon.es decathlon.it
footlocker.com  footlocker.de footlocker.eu
ikea.com  m
mediamarkt.de  mediamarkt.com mediamarkt.es mediamarkt.nl mediamarkt.at
saturn.de
alternate.de
notebooksbilliger.de
conrad.de  conrad.com
galaxus.de  galaxus.ch digitec.ch
idealo.de  m  idealo.co.uk idealo.fr idealo.it idealo.es
geizhals.de  geizhals.at geizhals.eu
mydealz.de  m
hotukdeals.com
dealabs.com
pepper.com  pepper.pl nl.pepper.com
slickdeals.net  m
camelcamelcamel.com  de uk fr es it
lidl.de  lidl.com lidl.co.uk lidl.fr
aldi.de  aldi-sued.de aldi-nord.de aldi.co.uk
rewe.de  shop
dm.de
rossmann.de
douglas.de
tchibo.de
argos.co.uk  m
johnlewis.com
currys.co.uk
very.co.uk
next.co.uk
boots.com
marksandspencer.com
tesco.com
sainsburys.co.uk
fnac.com  m
cdiscount.com  m
darty.com
laredoute.fr
leboncoin.fr  m
veepee.fr  veepee.com veepee.de
showroomprive.com
elcorteingles.es
pccomponentes.com
wallapop.com  es
milanuncios.com
subito.it  m
marktplaats.nl  m
bol.com  m
coolblue.nl  coolblue.be coolblue.de
allegro.pl  m
olx.pl  olx.ro olx.pt olx.ua olx.com.br
ozon.ru  m
wildberries.ru  m
avito.ru  m
flipkart.com  m
myntra.com  m
meesho.com
snapdeal.com  m
mercadolibre.com  mercadolibre.com.mx mercadolibre.com.ar mercadolivre.com.br
rakuten.com  rakuten.co.jp
lazada.com  lazada.sg lazada.com.my lazada.co.th lazada.vn
shopee.com  shopee.sg shopee.com.my shopee.co.th shopee.vn shopee.com.br
autoscout24.de  autoscout24.com
mobile.de  m suchen
zillow.com  m
`;
