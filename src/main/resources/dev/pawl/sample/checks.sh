# What a basket must add up to. Read by test.sh.
check 'an empty basket costs nothing' 0.00
check 'one apple costs its price' 0.50 '1 50 apple'
check 'two apples cost twice as much' 1.00 '2 50 apple'
check 'a loaf and two apples' 3.50 '1 250 loaf' '2 50 apple'
