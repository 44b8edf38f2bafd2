"""Time expressions in the sentences of news, and the days they mean: one case a line.

A line reads ``tense | anchor | sentence | expected``. The expression stands in [brackets]; a sentence without brackets holds none.
``expected`` is the granularity and the date of the moment, or ``-`` and the TIMEX3 value of what has no date, or ``none`` for what
cannot be. Lines that begin with ``=`` set the publication date for those that follow.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple, cast

import pytest

from dragoman.records import Moment
from dragoman.resolve.date_meanings import Tense
from dragoman.resolve.dates import find_times, reckon_time, resolve_time


class Case(NamedTuple):
    published: datetime.date
    tense: Tense | None
    anchor: Moment | None
    text: str
    expression: str
    expected: str


TABLE = """
= 2017-08-31 a Thursday
# Weekdays
past | - | In a statement [Tuesday], Russia warned the United States. | day 2017-08-29
past | - | The minister said on [Thursday] that talks had begun. | day 2017-08-31
past | - | Police arrested four men on [Friday]. | day 2017-08-25
past | - | [Saturday]'s launch was condemned. | day 2017-08-26
past | - | The [Sunday] vote was close. | day 2017-08-27
past | - | Troops crossed the border on [Monday], officials said. | day 2017-08-28
past | - | In a [Wednesday] telephone conversation, he pressed the point. | day 2017-08-30
future | - | The president will visit on [Tuesday]. | day 2017-09-05
future | - | The court will rule on [Friday]. | day 2017-09-01
future | - | Parliament will sit on [Wednesday]. | day 2017-09-06
future | - | He is to speak on [Thursday]. | day 2017-08-31
present | - | Merkel meets Macron on [Friday]. | day 2017-09-01
present | - | Merkel meets Macron on [Wednesday]. | day 2017-08-30
- | - | The army shelled the town on [Monday]. | day 2017-08-28
- | - | The council will vote on [Monday]. | day 2017-09-04
- | - | He said on [Monday] that he will resign. | day 2017-08-28
- | - | Talks scheduled for [Saturday] are in doubt. | day 2017-09-02
- | - | A summit is due to open on [Sunday]. | day 2017-09-03
- | - | A rally is planned for [Friday]. | day 2017-09-01
- | - | He must leave by [Friday]. | day 2017-09-01
- | - | The truce holds [until Monday]. | day 2017-09-04
- | - | [TUESDAY]'S ATTACK KILLS TEN | day 2017-08-29
past | - | Fighting broke out [late Tuesday]. | day 2017-08-29
past | - | They met [early Wednesday] in Geneva. | day 2017-08-30
past | - | The plane landed [Tuesday evening]. | day 2017-08-29
past | - | The strike began on [Friday night]. | day 2017-08-25
past | - | The shelling stopped [Monday morning]. | day 2017-08-28
past | - | [Earlier Wednesday], he had denied it. | day 2017-08-30
past | - | He was released [late on Monday]. | day 2017-08-28
past | - | The raid came on [last Thursday]. | day 2017-08-24
past | - | The raid came [last Friday]. | day 2017-08-25
future | - | They will meet [next Monday]. | day 2017-09-04
future | - | They will meet [next Thursday]. | day 2017-09-07
past | - | They met [this Tuesday]. | day 2017-08-29
future | - | They will meet [this Friday]. | day 2017-09-01
future | - | They will meet [this coming Sunday]. | day 2017-09-03
past | - | He resigned [this past Monday]. | day 2017-08-28
past | - | He resigned on [Monday last week]. | day 2017-08-21
past | - | He resigned on [Monday of last week]. | day 2017-08-21
past | - | He resigned on [Tuesday this week]. | day 2017-08-29
future | - | He will resign on [Tuesday next week]. | day 2017-09-05
past | - | [Last week's Friday] was calm. | day 2017-08-25
past | 2017-06-12 | [The following Friday] the army struck. | day 2017-06-16
past | 2017-06-12 | [The previous Friday] the army struck. | day 2017-06-09
past | - | [A week ago Tuesday] he was well. | day 2017-08-22
future | - | He returns [a week from Tuesday]. | day 2017-09-12
- | - | They pray there [every Friday]. | - XXXX-WXX-5
- | - | The cabinet meets on [Tuesdays]. | - XXXX-WXX-2
- | - | The cabinet meets [every other Monday]. | - XXXX-WXX-1
- | - | They are closed on [Mondays]. | - XXXX-WXX-1
# Near days
- | - | He said [today] that he would go. | day 2017-08-31
- | - | He said [yesterday] that he would go. | day 2017-08-30
- | - | He will go [tomorrow]. | day 2017-09-01
- | - | He went [the day before yesterday]. | day 2017-08-29
- | - | He will go [the day after tomorrow]. | day 2017-09-02
- | - | He went [yesterday evening]. | day 2017-08-30
- | - | He will go [tomorrow morning]. | day 2017-09-01
- | - | The attack came [early today]. | day 2017-08-31
- | - | He is to speak [later today]. | day 2017-08-31
- | - | The bomb went off [last night]. | day 2017-08-30
- | - | He will speak [tonight]. | day 2017-08-31
- | - | He spoke [this morning]. | day 2017-08-31
- | - | He spoke [earlier this afternoon]. | day 2017-08-31
- | - | Rockets fell [overnight]. | range 2017-08-30/2017-08-31
# Weeks, months and years counted from publication
- | - | The envoy arrived [last week]. | week 2017-08-21
- | - | The envoy arrived [this week]. | week 2017-08-28
- | - | The envoy arrives [next week]. | week 2017-09-04
- | - | The envoy arrived [earlier this week]. | week 2017-08-28
- | - | The envoy arrived [late last week]. | week 2017-08-21
- | - | The exercises were held [earlier this month]. | month 2017-08
- | - | The exercises were held [last month]. | month 2017-07
- | - | The exercises begin [next month]. | month 2017-09
- | - | The exercises begin [later this month]. | month 2017-08
- | - | The pact was signed [last year]. | year 2016
- | - | The pact was signed [late last year]. | year 2016
- | - | The pact was signed [earlier this year]. | year 2017
- | - | The pact expires [next year]. | year 2018
- | - | Exports fell [so far this year]. | year 2017
- | - | The army grew over [the last decade]. | range 2007-08-31/2017-08-31
- | - | He must go by [the end of the year]. | year 2017
- | - | He took over at [the beginning of the year]. | year 2017
- | - | The law passed at [the end of last year]. | year 2016
- | - | He must go by [the end of this week]. | week 2017-08-28
- | - | He must go by [the end of the month]. | month 2017-08
- | - | He must go by [year's end]. | year 2017
- | - | He must go by [year-end]. | year 2017
- | - | The deal was struck [mid-year]. | year 2017
- | - | Violence rose over [the weekend]. | range 2017-08-26/2017-08-27
future | - | They will march over [the weekend]. | range 2017-09-02/2017-09-03
- | - | They marched [last weekend]. | range 2017-08-26/2017-08-27
- | - | They will march [next weekend]. | range 2017-09-09/2017-09-10
- | - | They will march [this weekend]. | range 2017-09-02/2017-09-03
# So long ago
- | - | He spoke of fire and fury [less than one month ago]. | month 2017-08
- | - | The raid came [three days ago]. | day 2017-08-28
- | - | The raid came [two weeks ago]. | week 2017-08-14
- | - | The raid came [about two weeks ago]. | week 2017-08-14
- | - | The raid came [a week ago]. | week 2017-08-21
- | - | The raid came [a month ago]. | month 2017-07
- | - | The raid came [three months ago]. | month 2017-05
- | - | The raid came [18 months ago]. | month 2016-02
- | - | The war ended [a year ago]. | year 2016
- | - | The war ended [more than 20 years ago]. | year 1997
- | - | The war ended [twenty-five years ago]. | year 1992
- | - | The war ended [64 years ago]. | year 1953
- | - | The raid came [a couple of days ago]. | day 2017-08-29
- | - | The raid came [two hours ago]. | day 2017-08-31
- | - | The raid came [hours ago]. | day 2017-08-31
- | - | The war ended [decades ago]. | - PAST_REF
- | - | The war ended [several years ago]. | - PAST_REF
- | - | The raid came [a few days ago]. | - PAST_REF
- | - | It fell [3000 years ago]. | none
- | - | It opens [two weeks from now]. | week 2017-09-11
- | - | It opens [two weeks from today]. | week 2017-09-11
- | - | It opens [a week from tomorrow]. | week 2017-09-04
# Against an anchor
past | 2017-08-29 | This came [three days after] a launch. | day 2017-09-01
past | 2017-08-29 | [Three days earlier], it had launched missiles. | day 2017-08-26
past | 2017-08-29 | [Two days later], the council met. | day 2017-08-31
past | 2017-08-29 | [A day later] the council met. | day 2017-08-30
past | 2017-08-29 | [A week earlier], he had praised it. | week 2017-08-21
past | 2017-08-29 | [A month later] he was gone. | month 2017-09
past | 2017-08-29 | [A year later] he was gone. | year 2018
past | 2017-08-29 | [The following day] the council met. | day 2017-08-30
past | 2017-08-29 | [The next day] the council met. | day 2017-08-30
past | 2017-08-29 | [The previous day] the council met. | day 2017-08-28
past | 2017-08-29 | [The same day] the council met. | day 2017-08-29
past | 2017-08-29 | The council met [that day]. | day 2017-08-29
past | 2017-08-29 | The council met [later that day]. | day 2017-08-29
past | 2017-08-29 | He had left [the day before]. | day 2017-08-28
past | 2017-08-29 | He left [the day after]. | day 2017-08-30
past | 2017-08-29 | He left [the next morning]. | day 2017-08-30
past | 2017-08-29 | He left [that night]. | day 2017-08-29
past | 2017-08-29 | He had left [the night before]. | day 2017-08-28
past | 2017-08-29 | He fled on [the eve of] the vote. | day 2017-08-28
past | 2014-03-18 | [The following month] war came. | month 2014-04
past | 2014-03-18 | [The following year] war came. | year 2015
past | 2014-03-18 | War came [later that year]. | year 2014
past | 2014-03-18 | War came [later that month]. | month 2014-03
past | 2014-03-18 | He had won [the previous year]. | year 2013
past | 2014-03-18 | War came [the same month]. | month 2014-03
past | 2014-03-18 | Shots rang out at [dawn]. | day 2014-03-18
past | 2014-03-18 | On [the 21st] of the same month, nothing. | absent
past | 2014-03-18 | The annexation followed on [the 21st]. | day 2014-03-21
past | - | [Three days earlier], it had launched missiles. | - XXXX-XX-XX
past | - | [The following day] the council met. | - XXXX-XX-XX
past | - | [Days later], the council met. | - FUTURE_REF
past | - | He fled on [the eve of] the vote. | - XXXX-XX-XX
# Full dates
- | - | On [29 August 2017] it flew over Japan. | day 2017-08-29
- | - | On [August 29, 2017], it flew over Japan. | day 2017-08-29
- | - | On [August 29th, 2017], it flew. | day 2017-08-29
- | - | On [Tuesday, August 29, 2017], it flew. | day 2017-08-29
- | - | On [Tuesday, 29 August 2017], it flew. | day 2017-08-29
- | - | On [the 29th of August 2017] it flew. | day 2017-08-29
- | - | On [8/29/2017] it flew. | day 2017-08-29
- | - | On [29/8/2017] it flew. | day 2017-08-29
- | - | On [29.08.2017] it flew. | day 2017-08-29
- | - | On [2017-08-29] it flew. | day 2017-08-29
- | - | At [2017-08-29T05:57:00Z] it flew. | day 2017-08-29
- | - | On [Sept. 3, 2016], it tested a bomb. | day 2016-09-03
- | - | On [Sep 3 2016] it tested a bomb. | day 2016-09-03
- | - | On [27 July 1953] an armistice was signed. | day 1953-07-27
- | - | Annexed on [March 18, 2014], Crimea was lost. | day 2014-03-18
# Dates without a year
past | - | It flew over Japan on [Aug. 29]. | day 2017-08-29
past | - | It flew over Japan on [August 29]. | day 2017-08-29
past | - | It flew over Japan on [29 August]. | day 2017-08-29
past | - | On [Tuesday, Aug. 29], it flew. | day 2017-08-29
past | - | It was tested on [July 4] and [July 28]. | day 2017-07-04
past | - | He was sworn in on [Jan. 20]. | day 2017-01-20
past | - | He won on [November 8]. | day 2016-11-08
past | - | He won on [Dec. 1]. | day 2016-12-01
future | - | Voting starts on [Sept. 24]. | day 2017-09-24
future | - | The term ends on [20 January]. | day 2018-01-20
future | - | Voting starts on [August 31]. | day 2017-08-31
- | - | Catalonia will vote on [October 1]. | day 2017-10-01
- | - | Voters went to the polls on [June 8]. | day 2017-06-08
- | - | Voters went to the polls on [June 8 last year]. | day 2016-06-08
- | - | The ban takes effect on [September 5]. | day 2017-09-05
- | - | On [the first Monday of May] they met. | day 2017-05-01
- | - | It is held on [the last Thursday in November]. | day 2016-11-24
# Months
past | - | He was jailed in [May]. | month 2017-05
past | - | He was jailed in [December]. | month 2016-12
past | - | He was jailed in [August]. | month 2017-08
future | - | Elections are due in [March]. | month 2018-03
future | - | Elections are due in [September]. | month 2017-09
- | - | He was jailed in [June 2015]. | month 2015-06
- | - | He was jailed in [June of 2015]. | month 2015-06
- | - | He was jailed in [Sept. 2015]. | month 2015-09
- | - | He was jailed in [early June 2015]. | month 2015-06
- | - | He was jailed in [mid-March]. | month 2017-03
- | - | He was jailed in [late February]. | month 2017-02
- | - | He was jailed at [the end of July]. | month 2017-07
- | - | He was jailed [last October]. | month 2016-10
- | - | He was jailed in [October last year]. | month 2016-10
- | - | He was jailed in [October of last year]. | month 2016-10
- | - | He will be tried [next February]. | month 2018-02
- | - | Elections are to be held [next March]. | month 2018-03
- | - | He was jailed [this June]. | month 2017-06
- | - | The [July] coup failed. | month 2017-07
- | - | The [April] attack killed 80. | month 2017-04
- | - | Theresa May said she would go. | absent
- | - | The opposition may march. | absent
- | - | The Women's March drew a crowd. | absent
- | - | They march on the capital. | absent
- | - | Jan Kubis, the envoy, spoke. | absent
# Years and longer
- | - | The pact was signed in [2015]. | year 2015
- | - | The [2016] election was close. | year 2016
- | - | In [early 2016] he was jailed. | year 2016
- | - | At [the end of 2016] he was jailed. | year 2016
- | - | It was built in [the 1990s]. | range 1990-01-01/1999-12-31
- | - | It was built in [the late 1980s]. | range 1980-01-01/1989-12-31
- | - | It was built in [the nineties]. | range 1990-01-01/1999-12-31
- | - | It was built in [the mid-1970s]. | range 1970-01-01/1979-12-31
- | - | It was built in [the 19th century]. | range 1800-01-01/1899-12-31
- | - | It was built in [the twentieth century]. | range 1900-01-01/1999-12-31
- | - | The [2014-15] session was stormy. | range 2014-01-01/2015-12-31
- | - | The war of [1950-1953] was bloody. | range 1950-01-01/1953-12-31
- | - | In [the first half of 2017] exports rose. | range 2017-01-01/2017-06-30
- | - | In [the second half of last year] exports rose. | range 2016-07-01/2016-12-31
- | - | In [the third quarter of 2016] exports rose. | range 2016-07-01/2016-09-30
- | - | In [Q1 2016] exports rose. | range 2016-01-01/2016-03-31
- | - | In [the last quarter of 2016] exports rose. | range 2016-10-01/2016-12-31
- | - | In [the summer of 2016] he fled. | range 2016-06-01/2016-08-31
- | - | In [spring 2016] he fled. | range 2016-03-01/2016-05-31
- | - | In [the fall of 2016] he fled. | range 2016-09-01/2016-11-30
- | - | He fled [last summer]. | range 2016-06-01/2016-08-31
- | - | Threats were traded [earlier in the summer]. | range 2017-06-01/2017-08-31
- | - | He fled [this spring]. | range 2017-03-01/2017-05-31
- | - | In [winter 2016] he fled. | range 2016-12-01/2017-02-28
- | - | The government will fall. | absent
- | - | The Arab Spring began there. | absent
- | - | It killed 2000 people. | absent
- | - | It killed [1,900] people. | absent
- | - | It cost $2017. | absent
- | - | Resolution 1970 was adopted. | absent
- | - | About 2010 soldiers were sent. | absent
- | - | The temple of [500 BC] was razed. | - BC0500
# Ranges
- | - | They will meet from [May 1 to May 5]. | range 2018-05-01/2018-05-05
- | - | They met from [May 1 to May 5, 2016]. | range 2016-05-01/2016-05-05
- | - | They met between [3 and 5 May 2016]. | range 2016-05-03/2016-05-05
- | - | They met on [May 3-5, 2016]. | range 2016-05-03/2016-05-05
past | - | They met from [Monday to Wednesday]. | range 2017-08-28/2017-08-30
- | - | He ruled from [1987 to 2016]. | range 1987-01-01/2016-12-31
- | - | He ruled between [1987 and 2016]. | range 1987-01-01/2016-12-31
- | - | It raged from [April 1994 to July 1994]. | range 1994-04-01/1994-07-31
- | - | It has been at war [since 2011]. | range 2011-01-01/2017-08-31
past | - | It has been shut [since Monday]. | range 2017-08-28/2017-08-31
- | - | It has been shut [since last month]. | range 2017-07-01/2017-08-31
- | - | In [the past two weeks] he was silent. | range 2017-08-17/2017-08-31
- | - | In [the past week] he was silent. | range 2017-08-24/2017-08-31
- | - | In [the last three days] he was silent. | range 2017-08-28/2017-08-31
- | - | In [the past year] he was silent. | range 2016-08-31/2017-08-31
- | - | Over [the next four years] it will grow. | range 2017-08-31/2021-08-31
- | - | Over [the next 48 hours] it will grow. | range 2017-08-31/2017-09-02
- | - | In [the coming days] he will go. | - PXD
- | - | Over [the last few months] he was silent. | - PXM
- | - | In [recent weeks] he was silent. | - PAST_REF
# How long, how often, at what hour
- | - | He was held for [six months]. | - P6M
- | - | He was held for [two and a half years]. | - P2.5Y
- | - | The [three-day] visit ends. | - P3D
- | - | The [decades-long] war ends. | - PXY
- | - | He was held for [years]. | - PXY
- | - | He was held for [a decade]. | - P10Y
- | - | They met for [nearly four hours]. | - PT4H
- | - | They spoke for [half an hour]. | - PT0.5H
- | - | They waited [more than two weeks]. | - P2W
- | - | They waited [several days]. | - PXD
- | - | The 41-year-old minister left. | absent
- | - | They protest [daily]. | - P1D
- | - | They protest [every day]. | - P1D
- | - | They protest [twice a week]. | - P1W
- | - | The [annual] drills began. | - P1Y
- | - | They meet [every two years]. | - P2Y
- | - | The Daily Mail reported it. | absent
- | - | It blew 70 miles per hour. | absent
- | - | It began at [5 p.m.] sharp. | - 2017-08-31T17:00
- | - | It began at [18:30 GMT] sharp. | - 2017-08-31T18:30Z
- | - | It began at [1830 GMT] sharp. | - 2017-08-31T18:30Z
- | - | It began at [12:15 a.m.] sharp. | - 2017-08-31T00:15
past | 2017-08-29 | It began at [5:57 a.m.] sharp. | day 2017-08-29
# Days with a name
past | - | He spoke on [Christmas Eve]. | day 2016-12-24
future | - | He will speak on [Christmas Day]. | day 2017-12-25
- | - | He spoke on [New Year's Day 2016]. | day 2016-01-01
- | - | He spoke on [Easter Sunday 2017]. | day 2017-04-16
- | - | He spoke on [Good Friday 2016]. | day 2016-03-25
past | - | He spoke on [the Fourth of July]. | day 2017-07-04
- | - | He spoke on [Labor Day 2017]. | day 2017-09-04
- | - | He spoke on [Thanksgiving 2016]. | day 2016-11-24
- | - | He spoke on [Memorial Day 2016]. | day 2016-05-30
- | - | The [9/11] attacks changed it. | day 2001-09-11
- | - | The [Sept. 11] attacks changed it. | day 2001-09-11
past | - | The [Sept. 11] vote was lost. | day 2016-09-11
- | - | The Christmas tree was lit. | absent
# Without a date
- | - | It had failed [in the past]. | - PAST_REF
- | - | It has [recently] failed. | - PAST_REF
- | - | It is [currently] failing. | - PRESENT_REF
- | - | It is failing [now]. | - PRESENT_REF
- | - | It may fail [in the near future]. | - FUTURE_REF
- | - | [In the past two weeks] | absent
# Days that do not exist
- | - | On [February 30] nothing happened. | none
- | - | On [February 29, 2017] nothing happened. | none
- | - | On [13/13/2017] nothing happened. | none
- | - | On [2017-02-31] nothing happened. | none
- | - | On 32 August nothing happened. | absent
- | - | From [May 5, 2017 to May 1, 2017] nothing happened. | none
- | - | It fell [9999 years ago]. | none
- | - | It ends [9999 years from now]. | none
- | - | The [Jan. 6] riot is yet to come. | none

= 2016-02-29 a leap day, Monday
- | - | It happened [today]. | day 2016-02-29
- | - | It happened [a year ago]. | year 2015
- | - | It happened [last month]. | month 2016-01
- | - | It will happen [next month]. | month 2016-03
past | - | It happened on [February 29]. | day 2016-02-29
- | - | It happened [last Sunday]. | day 2016-02-28
past | - | It happened on [Feb. 28]. | day 2016-02-28
- | - | It will happen [tomorrow]. | day 2016-03-01
- | - | It has been [since last year]. | range 2015-01-01/2016-02-29
- | - | Over [the past year] it grew. | range 2015-02-28/2016-02-29
= 2018-03-01 the year after next to a leap year, Thursday
past | - | He was born on [February 29]. | day 2016-02-29
- | - | It happened [yesterday]. | day 2018-02-28
- | - | It happened [a month ago]. | month 2018-02
= 2020-12-31 in ISO week 53, Thursday
- | - | It happened [this week]. | week 2020-12-28
- | - | It will happen [next week]. | week 2021-01-04
- | - | It will happen [tomorrow]. | day 2021-01-01
- | - | It will happen [next month]. | month 2021-01
- | - | It will happen [next year]. | year 2021
future | - | It will happen on [Friday]. | day 2021-01-01
future | - | It will happen on [January 6]. | day 2021-01-06
= 2021-01-03 a Sunday, still in ISO week 53 of 2020
- | - | It happened [this week]. | week 2020-12-28
- | - | It happened [last week]. | week 2020-12-21
- | - | It happened [last month]. | month 2020-12
past | - | It happened on [Thursday]. | day 2020-12-31
past | - | It happened on [December 29]. | day 2020-12-29
- | - | It happened in [October]. | month 2020-10
- | - | It happened [three days ago]. | day 2020-12-31
- | - | It happened [earlier this year]. | year 2021
past | - | It happened over [the weekend]. | range 2021-01-02/2021-01-03
= 2019-12-30 a Monday in week 1 of 2020
- | - | It happened [this week]. | week 2019-12-30
- | - | It happened [last week]. | week 2019-12-23
past | - | It happened over [the weekend]. | range 2019-12-28/2019-12-29
= 2022-03-01 a Tuesday
- | - | The [Jan. 6] riot shook Washington. | day 2021-01-06
past | - | Russia invaded on [Feb. 24]. | day 2022-02-24
past | - | Russia invaded on [Thursday]. | day 2022-02-24
past | - | Russia invaded [last Thursday]. | day 2022-02-24
- | - | Russia invaded [five days ago]. | day 2022-02-24
- | - | Russia had annexed Crimea in [2014]. | year 2014
- | - | Troops massed [late last year]. | year 2021
"""


def _cases() -> Iterator[Case]:
    published = datetime.date.min
    for line in TABLE.splitlines():
        if line.startswith("="):
            published = datetime.date.fromisoformat(line.split()[1])
        elif line and not line.startswith("#"):
            tense, anchor, sentence, expected = (cell.strip() for cell in line.split("|"))
            yield Case(published, _tense(tense), _anchor(anchor), *_unbracket(sentence), expected)


def _tense(cell: str) -> Tense | None:
    return None if cell == "-" else cast(Tense, cell)


def _anchor(cell: str) -> Moment | None:
    return None if cell == "-" else Moment(datetime.date.fromisoformat(cell), "day", "text")


def _unbracket(sentence: str) -> tuple[str, str]:
    start, end = sentence.find("["), sentence.find("]")
    return sentence.replace("[", "").replace("]", ""), sentence[start + 1 : end] if start >= 0 else ""


def _show(moment: Moment) -> str:
    day = moment.date.isoformat()
    shown = {"month": day[:7], "year": day[:4], "range": f"{day}/{moment.enddate}"}.get(moment.granularity, day)
    return f"{moment.granularity} {shown}"


CASES = tuple(_cases())


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(CASES) >= 250


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.published}-{case.tense or 'none'}-{case.text[:60]}" for case in CASES]
)
def test_expression_means(case: Case) -> None:
    found = {expression.span.quote(case.text): expression for expression in find_times(case.text)}
    if case.expected == "absent":
        assert case.expression not in found
        assert case.expression or not found
        return
    assert case.expression in found, sorted(found)
    expression = found[case.expression]
    moment = resolve_time(expression, published=case.published, tense=case.tense, anchor=case.anchor)
    reckoning = reckon_time(expression, published=case.published, tense=case.tense, anchor=case.anchor)
    if moment is not None:
        assert _show(moment) == case.expected
    elif case.expected == "none":
        assert reckoning is None
    else:
        assert reckoning is not None
        assert f"- {reckoning.value}" == case.expected
